import { MemberlistError } from '../errors.ts';
import type { Memberlist } from '../memberlist.ts';
import { list, readKey } from './agent-options.ts';
import { type AgentState, nodeFields, type Print } from './lines.ts';

/**
 * Runs one command of the agent's standard input.
 *
 * @throws MemberlistError of what it does, BAD_OPTION for a command that there is not
 */
export async function runCommand(node: Memberlist, state: AgentState, line: string, print: Print): Promise<void> {
  const [, command = '', rest = ''] = /^(\S*)\s?(.*)$/s.exec(line)!;
  const [, first = '', text = ''] = /^(\S*)\s?(.*)$/s.exec(rest)!;
  switch (command) {
    case 'members':
      print('members', { node: nodeFields(node.self!), nodes: node.members().map(nodeFields) });
      return;
    case 'join':
      await node.join(list(rest));
      return;
    case 'meta':
      await node.updateMeta(rest);
      return;
    case 'weight':
      node.setWeight(Number(rest));
      return;
    case 'broadcast':
      node.broadcast(rest);
      return;
    case 'send':
      node.send(first, text);
      return;
    case 'send-reliable':
      await node.sendReliable(first, text);
      return;
    case 'state':
      state.userState = Buffer.from(rest);
      return;
    case 'ping': {
      const roundTripMs = await node.ping(rest);
      print('ping', { node: nodeFields(node.node(rest)!), roundTripMs });
      return;
    }
    case 'key':
      changeKeys(node, first, text);
      return;
    case 'forget':
      if (!node.forget(rest)) throw new MemberlistError('UNKNOWN_NODE', `"${rest}" is unknown, or a member`);
      return;
    case 'leave':
      await node.leave();
      return;
    case 'stats':
      print('stats', { stats: node.stats() });
      return;
    default:
      throw new MemberlistError('BAD_OPTION', `there is no command "${command}"; see --help`);
  }
}

function changeKeys({ keyring }: Memberlist, action: string, text: string): void {
  const key = readKey(text);
  if (action === 'add') keyring.add(key);
  else if (action === 'use') keyring.use(key);
  else if (action === 'remove') keyring.remove(key);
  else throw new MemberlistError('BAD_OPTION', `key ${action}: add, use or remove is wanted`);
}
