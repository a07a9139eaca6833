export { type DeliveryDeps, type DeliveryResult, deliverNotification } from './deliver.ts'
export { emailStateOf, emailStates } from './email-states.ts'
export { deliverDue, type Sweeper, startSweeper } from './sweep.ts'
