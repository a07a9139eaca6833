import type { Catalog } from './texts.ts'

/** French. */
export const catalog: Catalog = {
  panel: 'Aide de {desk}',
  close: 'Fermer',
  back: 'Retour',
  retry: 'Réessayer',
  loading: 'Chargement…',
  offline: 'Vous êtes hors ligne. Vos messages partiront dès le retour de la connexion.',
  unreachable: 'Notre équipe est injoignable pour l’instant. Nouvelle tentative…',

  greeting: 'Comment pouvons-nous vous aider ?',
  search: 'Rechercher dans l’aide',
  clear: 'Effacer la recherche',
  suggested: 'Articles utiles',
  write: 'Écrivez-nous',
  writeHint: 'Vous recevrez notre réponse ici et par e-mail.',
  newTicket: 'Nouvelle demande',
  newTicketHint: 'Signalez un problème et suivez son traitement.',
  tickets: 'Vos demandes',
  allTickets: 'Toutes les demandes',
  conversations: 'Vos conversations',
  moreConversations: 'Afficher plus',
  fromYou: 'Vous : {text}',
  elsewhere:
    'Vous nous avez écrit depuis un autre navigateur ? Vous ne le voyez pas ici, mais nos réponses arrivent par e-mail.',
  lost: 'Vos conversations précédentes ne peuvent plus être ouvertes dans ce navigateur. Nos réponses arrivent toujours par e-mail.',
  unread: {
    one: '{count} nouveau message',
    many: '{count} de nouveaux messages',
    other: '{count} nouveaux messages',
  },
  team: 'Notre équipe',

  'status.pending': 'Reçue',
  'status.in_progress': 'En cours',
  'status.waiting': 'En attente de votre réponse',
  'status.resolved': 'Résolue',
  sending: 'Envoi…',
  waiting: 'En attente de connexion',
  failed: 'Non envoyé.',

  'error.identity_required': 'Connectez-vous d’abord sur ce site. Vous pourrez ensuite nous écrire ici.',
  'error.identity_rejected': 'Ce site n’a pas pu confirmer votre identité. Veuillez vous reconnecter.',
  'error.origin_not_allowed': 'Les messages de ce site ne sont pas acceptés.',
  'error.messaging_disabled': 'Nous ne prenons pas de messages ici pour le moment.',
  'error.desk_inactive': 'Nous ne prenons pas de nouveaux messages pour le moment.',
  'error.unavailable': 'Nous sommes injoignables pour l’instant.',
  'error.network': 'Il n’y a pas de connexion pour l’instant.',
  'error.unexpected': 'Un problème inattendu est survenu.',
}
