"""Three threads that meet at a threading.Barrier, three times, as a log.

python threads.py | concordant validate barrier /dev/stdin --scope three
"""

import json
import threading

PARTIES, ROUNDS = range(3), 3
barrier, writing = threading.Barrier(len(PARTIES)), threading.Lock()


def log(number, **line):
    with writing:
        print(json.dumps({"at": f"party{number}", **line}), flush=True)


def party(number):
    for _ in range(ROUNDS):
        log(number, asks={"type": "Arrive", "party": f"party{number}"}, of="barrier0")
        barrier.wait()
        log(number, answer={"type": "Passed"})


threads = [threading.Thread(target=party, args=(number,)) for number in PARTIES]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
