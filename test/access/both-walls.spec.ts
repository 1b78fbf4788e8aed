import { startApp } from '../support/app';
import { walls } from './walls';

walls('both walls', () => startApp());
