import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/**
 * A server in a process of its own.
 * @typedef {{ port: number, usage(): Promise<{ cpuMicroseconds: number, statements: number, background: number }>,
 *   startProfile(): Promise<unknown>, stopProfile(): Promise<object>, stop(): Promise<void> }} Server
 */

/**
 * Starts a server of `bench/servers` and waits until it listens.
 * @param {'helpdesk' | 'bare'} name
 * @param {Record<string, unknown>} settings what the server is told
 * @returns {Promise<Server>}
 */
export async function startServer(name, settings) {
  const script = fileURLToPath(new URL(`../servers/${name}.mjs`, import.meta.url))
  const child = fork(script, [JSON.stringify(settings)])
  const ended = new Promise((resolve) => child.once('exit', resolve))
  const answer = () =>
    new Promise((resolve, reject) => {
      const onExit = (code) => reject(new Error(`The server ${name} ended with status ${code}`))
      child.once('exit', onExit)
      child.once('message', (message) => {
        child.off('exit', onExit)
        resolve(message)
      })
    })
  const ask = (question) => {
    child.send(question)
    return answer()
  }
  const { port } = await answer()
  return {
    port,
    usage: () => ask('usage'),
    startProfile: () => ask('startProfile'),
    stopProfile: () => ask('stopProfile'),
    async stop() {
      child.disconnect()
      await ended
    },
  }
}
