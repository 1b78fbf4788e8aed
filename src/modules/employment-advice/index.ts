export { EmploymentAdviceModule } from './employment-advice.module';
