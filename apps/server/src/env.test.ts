import { describe, expect, test } from 'vitest'
import { readEnv } from './env.ts'

const defaults = {
  host: '127.0.0.1',
  port: 3000,
  dataDir: './data',
  databaseUrl: null,
  publicUrl: null,
  smtpUrl: null,
  mailFrom: null,
  incomingMail: null,
  allowPrivateMailServers: false,
  files: { folder: 'data/files' },
  clamd: null,
  secretKey: null,
  owner: null,
  demo: false,
  helpCenterDesk: null,
  trustProxy: 0,
  logLevel: 'info',
}

const bucket = {
  HELPDESK_S3_BUCKET: 'desk',
  HELPDESK_S3_REGION: 'eu-central-1',
  HELPDESK_S3_ACCESS_KEY_ID: 'id',
  HELPDESK_S3_SECRET_ACCESS_KEY: 'key',
}
const inBucket = {
  endpoint: 'https://s3.eu-central-1.amazonaws.com',
  bucket: 'desk',
  region: 'eu-central-1',
  accessKeyId: 'id',
  secretAccessKey: 'key',
  prefix: '',
  temporaryFolder: 'data/uploads',
}

const listening = {
  INCOMING_MAIL_DOMAIN: 'in.example.com',
  INCOMING_MAIL_PORT: '2525',
  INCOMING_MAIL_HOST: '::1',
}

describe('the environment', () => {
  test.each<[Record<string, string | undefined>, object]>([
    [{}, {}],
    [
      {
        PORT: '',
        DATABASE_URL: '  ',
        HELPDESK_OWNER_EMAIL: '',
        HELPDESK_OWNER_PASSWORD: '',
        SMTP_URL: undefined,
      },
      {},
    ],
    [
      { HOST: '0.0.0.0', PORT: ' 8080 ' },
      { host: '0.0.0.0', port: 8080 },
    ],
    [{ PORT: '0' }, { port: 0 }],
    [{ PORT: '65535' }, { port: 65535 }],
    [{ DATA_DIR: '/data' }, { dataDir: '/data', files: { folder: '/data/files' } }],
    [{ HELPDESK_FILES_DIR: '/srv/files' }, { files: { folder: '/srv/files' } }],
    [
      { ...bucket, HELPDESK_S3_ENDPOINT: 'http://minio:9000', HELPDESK_S3_PREFIX: 'desk/' },
      { files: { s3: { ...inBucket, endpoint: 'http://minio:9000', prefix: 'desk/' } } },
    ],
    [
      { ...bucket, DATA_DIR: '/data' },
      { dataDir: '/data', files: { s3: { ...inBucket, temporaryFolder: '/data/uploads' } } },
    ],
    [{ HELPDESK_CLAMD: 'clamd:3310' }, { clamd: { host: 'clamd', port: 3310 } }],
    [{ HELPDESK_CLAMD: '[::1]:3310' }, { clamd: { host: '::1', port: 3310 } }],
    [{ HELPDESK_CLAMD: '/run/clamav/clamd.ctl' }, { clamd: { socket: '/run/clamav/clamd.ctl' } }],
    [{ HELPDESK_SECRET_KEY: 'ab'.repeat(32) }, { secretKey: 'ab'.repeat(32) }],
    [{ DATABASE_URL: 'postgres://u:p@db/desk' }, { databaseUrl: 'postgres://u:p@db/desk' }],
    [{ DATABASE_URL: 'postgresql:///desk?host=/run' }, { databaseUrl: 'postgresql:///desk?host=/run' }],
    [{ PUBLIC_URL: 'https://support.example.com/' }, { publicUrl: 'https://support.example.com' }],
    [{ PUBLIC_URL: 'https://Example.com:443/help//' }, { publicUrl: 'https://example.com/help' }],
    [{ SMTP_URL: 'smtps://u:p@mail:465' }, { smtpUrl: 'smtps://u:p@mail:465' }],
    [
      { INCOMING_MAIL_DOMAIN: 'In.Example.com' },
      { incomingMail: { domain: 'in.example.com', listen: null } },
    ],
    [
      { HOST: '0.0.0.0', INCOMING_MAIL_DOMAIN: 'in.example.com', INCOMING_MAIL_PORT: '25' },
      {
        host: '0.0.0.0',
        incomingMail: { domain: 'in.example.com', listen: { host: '0.0.0.0', port: 25, tls: null } },
      },
    ],
    [
      { ...listening, INCOMING_MAIL_TLS_KEY: '/tls/key.pem', INCOMING_MAIL_TLS_CERT: '/tls/cert.pem' },
      {
        incomingMail: {
          domain: 'in.example.com',
          listen: { host: '::1', port: 2525, tls: { keyFile: '/tls/key.pem', certFile: '/tls/cert.pem' } },
        },
      },
    ],
    [{ ALLOW_PRIVATE_MAIL_SERVERS: 'yes' }, { allowPrivateMailServers: true }],
    [{ MAIL_FROM: 'support@example.com' }, { mailFrom: { address: 'support@example.com' } }],
    [{ MAIL_FROM: '<support@example.com>' }, { mailFrom: { address: 'support@example.com' } }],
    [
      { MAIL_FROM: 'Zoë, Support <s@example.com>' },
      { mailFrom: { name: 'Zoë, Support', address: 's@example.com' } },
    ],
    [{ MAIL_FROM: '"Support" <s@example.com>' }, { mailFrom: { name: 'Support', address: 's@example.com' } }],
    [
      { HELPDESK_OWNER_EMAIL: 'a@b.eu', HELPDESK_OWNER_PASSWORD: ' 8 spaced ' },
      { owner: { email: 'a@b.eu', password: ' 8 spaced ' } },
    ],
    [{ HELPDESK_DEMO: '1' }, { demo: true }],
    [{ HELPDESK_DEMO: 'True' }, { demo: true }],
    [{ HELPDESK_DEMO: '0' }, { demo: false }],
    [{ HELPDESK_HELP_CENTER_DESK: 'desk_4f-x' }, { helpCenterDesk: 'desk_4f-x' }],
    [{ HELPDESK_HELP_CENTER_DESK: ' ' }, { helpCenterDesk: null }],
    [{ TRUST_PROXY: '2' }, { trustProxy: 2 }],
    [{ LOG_LEVEL: 'WARN' }, { logLevel: 'warn' }],
  ])('%j', (env, expected) => {
    expect(readEnv(env)).toEqual({ ...defaults, ...expected })
  })

  test.each<[Record<string, string>, string]>([
    [{ PORT: 'http' }, 'PORT must be a whole number from 0 to 65535, not "http"'],
    [{ PORT: '65536' }, 'PORT must be a whole number from 0 to 65535, not "65536"'],
    [{ PORT: '-1' }, 'PORT must be a whole number from 0 to 65535, not "-1"'],
    [{ PORT: '80.5' }, 'PORT must be a whole number from 0 to 65535, not "80.5"'],
    [{ PORT: '0x50' }, 'PORT must be a whole number from 0 to 65535, not "0x50"'],
    [{ PORT: '1\n2' }, 'PORT must be a whole number from 0 to 65535, not "1\\n2"'],
    [{ TRUST_PROXY: 'true' }, 'TRUST_PROXY must be a whole number from 0 to 100, not "true"'],
    [{ TRUST_PROXY: '-1' }, 'TRUST_PROXY must be a whole number from 0 to 100, not "-1"'],
    [
      { HELPDESK_HELP_CENTER_DESK: '/help/shop' },
      'HELPDESK_HELP_CENTER_DESK must be the public id of a desk, not "/help/shop"',
    ],
    [{ DATABASE_URL: 'mysql://u:secret@db' }, 'DATABASE_URL must begin with postgres:// or postgresql://'],
    [{ DATABASE_URL: 'secret' }, 'DATABASE_URL must begin with postgres:// or postgresql://'],
    [{ SMTP_URL: 'http://u:secret@mail' }, 'SMTP_URL must begin with smtp:// or smtps://'],
    [{ PUBLIC_URL: 'support.example.com' }, 'PUBLIC_URL must be an address like https://support.example.com'],
    [{ PUBLIC_URL: 'ftp://example.com' }, 'PUBLIC_URL must be an address like https://support.example.com'],
    [
      { PUBLIC_URL: 'https://u:p@example.com' },
      'PUBLIC_URL must be an address like https://support.example.com',
    ],
    [
      { PUBLIC_URL: 'https://example.com/?a' },
      'PUBLIC_URL must be an address like https://support.example.com',
    ],
    [
      { MAIL_FROM: 'a@x.eu, b@x.eu' },
      'MAIL_FROM must be an address like "Support <support@example.com>", not "a@x.eu, b@x.eu"',
    ],
    [
      { MAIL_FROM: 'Support' },
      'MAIL_FROM must be an address like "Support <support@example.com>", not "Support"',
    ],
    [
      { INCOMING_MAIL_DOMAIN: 'in example' },
      'INCOMING_MAIL_DOMAIN must be a domain like in.example.com, not "in example"',
    ],
    [{ INCOMING_MAIL_PORT: '25' }, 'INCOMING_MAIL_DOMAIN is missing: it belongs to INCOMING_MAIL_PORT'],
    [
      { INCOMING_MAIL_DOMAIN: 'in.example.com', INCOMING_MAIL_HOST: '::' },
      'INCOMING_MAIL_PORT is missing: it belongs to INCOMING_MAIL_HOST',
    ],
    [
      { ...listening, INCOMING_MAIL_PORT: 'smtp' },
      'INCOMING_MAIL_PORT must be a whole number from 0 to 65535, not "smtp"',
    ],
    [{ ...listening, PORT: '2525' }, 'INCOMING_MAIL_PORT must be another one than PORT'],
    [
      { ...listening, INCOMING_MAIL_TLS_KEY: 'key.pem' },
      'INCOMING_MAIL_TLS_CERT is missing: it belongs to INCOMING_MAIL_TLS_KEY',
    ],
    [
      { ...listening, INCOMING_MAIL_TLS_CERT: 'cert.pem' },
      'INCOMING_MAIL_TLS_KEY is missing: it belongs to INCOMING_MAIL_TLS_CERT',
    ],
    [{ ALLOW_PRIVATE_MAIL_SERVERS: 'maybe' }, 'ALLOW_PRIVATE_MAIL_SERVERS must be 1 or 0, not "maybe"'],
    [
      { HELPDESK_OWNER_EMAIL: 'a@b.eu' },
      'HELPDESK_OWNER_PASSWORD is missing: it belongs to HELPDESK_OWNER_EMAIL',
    ],
    [
      { HELPDESK_OWNER_PASSWORD: 'long enough' },
      'HELPDESK_OWNER_EMAIL is missing: it belongs to HELPDESK_OWNER_PASSWORD',
    ],
    [
      { HELPDESK_OWNER_EMAIL: 'nobody', HELPDESK_OWNER_PASSWORD: 'long enough' },
      'HELPDESK_OWNER_EMAIL must be an e-mail address, not "nobody"',
    ],
    [
      { HELPDESK_OWNER_EMAIL: 'a@b.eu', HELPDESK_OWNER_PASSWORD: 'secret789' },
      'HELPDESK_OWNER_PASSWORD must have at least 10 characters',
    ],
    [
      { HELPDESK_OWNER_EMAIL: 'a@b.eu', HELPDESK_OWNER_PASSWORD: 'x'.repeat(201) },
      'HELPDESK_OWNER_PASSWORD must have at most 200 characters',
    ],
    [{ HELPDESK_S3_BUCKET: 'desk' }, 'HELPDESK_S3_REGION is missing: the bucket needs it'],
    [{ HELPDESK_S3_PREFIX: 'desk/' }, 'HELPDESK_S3_BUCKET is missing: the bucket needs it'],
    [
      { ...bucket, HELPDESK_FILES_DIR: '/srv' },
      'HELPDESK_FILES_DIR cannot stand beside HELPDESK_S3_BUCKET: choose one',
    ],
    [
      { ...bucket, HELPDESK_S3_ENDPOINT: 'minio:9000' },
      'HELPDESK_S3_ENDPOINT must be an address like https://s3.eu-central-1.amazonaws.com',
    ],
    [{ HELPDESK_CLAMD: 'clamd' }, 'HELPDESK_CLAMD must be host:port, or the path of a socket'],
    [
      { HELPDESK_SECRET_KEY: 'secret' },
      'HELPDESK_SECRET_KEY must be 64 hex digits, as "openssl rand -hex 32" prints them',
    ],
    [{ HELPDESK_DEMO: 'maybe' }, 'HELPDESK_DEMO must be 1 or 0, not "maybe"'],
    [
      { LOG_LEVEL: 'loud' },
      'LOG_LEVEL must be one of fatal, error, warn, info, debug, trace, silent, not "loud"',
    ],
  ])('%j is refused in one line that names the variable', (env, message) => {
    expect(() => readEnv(env)).toThrow(new TypeError(message))
    expect(message).not.toMatch(/\n|secret/)
  })
})
