export { type DeskMailDeps, deskMailOf, passwordOf } from './desk-mail.ts'
export { createDeskMails, type DeskMail, type DeskMails } from './desk-mails.ts'
export {
  announceEmailSettings,
  getEmailSettings,
  isWebhookSecret,
  makeDkimKey,
  replaceWebhookSecret,
  updateEmailSettings,
} from './settings.ts'
export { testImap, testSmtp } from './test-servers.ts'
