export { type ArrivedEmail, deskForRecipient, mostEmailBytes, takeIn } from './arriving.ts'
export { startTaking, takeEmail, takeWaiting } from './taking.ts'
