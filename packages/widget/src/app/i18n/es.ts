import type { Catalog } from './texts.ts'

/** Spanish. */
export const catalog: Catalog = {
  panel: 'Ayuda de {desk}',
  close: 'Cerrar',
  back: 'Volver',
  retry: 'Reintentar',
  loading: 'Cargando…',
  offline: 'No tiene conexión. Lo que escriba se enviará en cuanto vuelva.',
  unreachable: 'Ahora mismo no hay conexión con nuestro equipo. Reintentando…',

  greeting: '¿En qué podemos ayudarle?',
  search: 'Buscar en la ayuda',
  clear: 'Borrar la búsqueda',
  suggested: 'Artículos útiles',
  write: 'Escríbanos',
  writeHint: 'Recibirá nuestra respuesta aquí y por correo.',
  newTicket: 'Nueva solicitud',
  newTicketHint: 'Comunique un problema y siga su evolución.',
  tickets: 'Sus solicitudes',
  allTickets: 'Todas las solicitudes',
  conversations: 'Sus conversaciones',
  moreConversations: 'Mostrar más',
  fromYou: 'Usted: {text}',
  elsewhere:
    '¿Nos escribió desde otro navegador? Aquí no puede verlo, pero nuestras respuestas le llegan por correo.',
  lost: 'Sus conversaciones anteriores ya no se pueden abrir en este navegador. Nuestras respuestas le siguen llegando por correo.',
  unread: {
    one: '{count} mensaje nuevo',
    many: '{count} de mensajes nuevos',
    other: '{count} mensajes nuevos',
  },
  team: 'Nuestro equipo',

  'status.pending': 'Recibida',
  'status.in_progress': 'En curso',
  'status.waiting': 'A la espera de su respuesta',
  'status.resolved': 'Resuelta',
  sending: 'Enviando…',
  waiting: 'A la espera de conexión',
  failed: 'No enviado.',

  'error.identity_required': 'Primero inicie sesión en este sitio. Después podrá escribirnos aquí.',
  'error.identity_rejected': 'Este sitio no ha podido confirmar quién es usted. Vuelva a iniciar sesión.',
  'error.origin_not_allowed': 'No se aceptan mensajes de este sitio.',
  'error.messaging_disabled': 'En este momento no aceptamos mensajes aquí.',
  'error.desk_inactive': 'En este momento no aceptamos mensajes nuevos.',
  'error.unavailable': 'Ahora mismo no estamos disponibles.',
  'error.network': 'Ahora mismo no hay conexión.',
  'error.unexpected': 'Ha ocurrido algo inesperado.',
}
