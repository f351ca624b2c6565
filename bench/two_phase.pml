/* TLA+ `TwoPhase` (Gray and Lamport, "Consensus on Transaction Commit", 2006, section 3): N resource managers, N at most 9.
 *
 * The same states and moves as tests/oracles/two_phase.py. Sets are masks, and all is in one process, whose own place
 * never changes: that is the quickest form for SPIN. Its initial state counts as a transition in what it prints.
 */
#define WORKING   0
#define PREPARED  1
#define COMMITTED 2
#define ABORTED   3
#define ALL       ((1 << N) - 1)

byte phase[N];
short said;       /* the managers whose Prepared was sent */
short heard;      /* those whose Prepared the coordinator received */
byte decision;    /* COMMITTED or ABORTED once it is sent */

#define MANAGER(r) \
  :: d_step { decision == WORKING && (said & (1 << r)) -> heard = heard | (1 << r) } \
  :: d_step { phase[r] == WORKING -> phase[r] = PREPARED; said = said | (1 << r) } \
  :: d_step { phase[r] == WORKING -> phase[r] = ABORTED } \
  :: d_step { decision == COMMITTED -> phase[r] = COMMITTED } \
  :: d_step { decision == ABORTED -> phase[r] = ABORTED }

active proctype commitment()
{
end:
  do
  :: d_step { decision == WORKING && heard == ALL -> decision = COMMITTED }
  :: d_step { decision == WORKING -> decision = ABORTED }
  MANAGER(0)
  MANAGER(1)
  MANAGER(2)
#if N > 3
  MANAGER(3)
#endif
#if N > 4
  MANAGER(4)
#endif
#if N > 5
  MANAGER(5)
#endif
#if N > 6
  MANAGER(6)
#endif
#if N > 7
  MANAGER(7)
#endif
#if N > 8
  MANAGER(8)
#endif
  od
}
