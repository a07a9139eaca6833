export { type ArrivedEmail, deskForRecipient, mostEmailBytes, takeIn } from './arriving.ts'
