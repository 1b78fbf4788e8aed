export { EmploymentAdviceModule } from './employment-advice.module';
export { ApplicationsService } from './applications.service';
export { AdviceService } from './advice.service';
export { AdviseBenefits, AnswerStep, ApplicationGiven, EditApplication, type AgreedStepView, type ApplicationView, type BenefitsAdviceView } from './employment-advice.dto';
