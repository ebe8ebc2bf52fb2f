import type { ProgressFacts } from '../../wire/card-facts.ts'
import { tame } from '../escape.ts'
import { section, type Block } from './blocks.ts'
import { within, type Room } from './fit.ts'
import { line, put, type Look } from './look.ts'

type Proof = ProgressFacts['proofs'][number]

/** How many proofs were right, and each one that was not, by class and namespace. */
export function proofBlocks(proofs: readonly Proof[], look: Look, room: Room): Block[] {
  if (proofs.length === 0) return []
  const count = (verdict: Proof['verdict']): number => proofs.filter((each) => each.verdict === verdict).length
  const head = put(look, 'proofsLine', {
    right: count('right'),
    wrong: count('wrong'),
    unprovable: count('unprovable'),
  })
  const bad = proofs.filter((each) => each.verdict !== 'right').map((each) => proofText(each, look))
  const { shown, left } = within(bad, room)
  const rest = left > 0 ? [put(look, 'andMoreAlone', { n: left })] : []
  return [section([head, ...shown, ...rest].join('\n'))]
}

function proofText(proof: Proof, look: Look): string {
  const none = put(look, 'classNone')
  const facts = {
    class: tame(proof.class),
    namespace: proof.namespace,
    expected: proof.expected ?? none,
    found: proof.found ?? none,
  }
  const text = put(look, proof.verdict === 'wrong' ? 'proofWrong' : 'proofUnprovable', facts)
  return proof.because ? `${text}. ${line(look, proof.because)}` : text
}
