export { EmploymentAdviceModule } from './employment-advice.module';
export { ApplicationsService } from './applications.service';
export { AdviceService } from './advice.service';
export { FIRST_EMPLOYER_CONTACT } from './first-contact-task';
export { AdviseBenefits, AnswerStep, ApplicationGiven, EditApplication, type AgreedStepView, type ApplicationView, type BenefitsAdviceView } from './employment-advice.dto';
