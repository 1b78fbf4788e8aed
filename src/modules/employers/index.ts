export { EmployersModule } from './employers.module';
