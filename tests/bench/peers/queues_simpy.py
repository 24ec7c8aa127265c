#!/usr/bin/python3
"""M/M/1 as two processes and M/M/6 as a process for each customer, in SimPy 3.

  queues_simpy.py [NAME...]    these benchmarks, otherwise all

Prints one line of JSON for each: customers a second, the fastest of five runs.
"""

import json
import random
import sys
import time

import simpy

CUSTOMERS = 20_000
RUNS = 5


def two_processes():
    rng = random.Random(1)
    env = simpy.Environment()
    store = simpy.Store(env)
    waited = [0.0]

    def arrive():
        for _ in range(CUSTOMERS):
            yield env.timeout(rng.expovariate(0.9))
            store.put(env.now)

    def serve():
        for _ in range(CUSTOMERS):
            arrived = yield store.get()
            waited[0] += env.now - arrived
            yield env.timeout(rng.expovariate(1.0))

    env.process(arrive())
    env.process(serve())
    env.run()
    return waited[0]


def process_per_customer(servers):
    rng = random.Random(1)
    env = simpy.Environment()
    pool = simpy.Resource(env, servers)
    waited = [0.0]

    def visit():
        arrived = env.now
        with pool.request() as request:
            yield request
            waited[0] += env.now - arrived
            yield env.timeout(rng.expovariate(1.0))

    def arrive():
        for _ in range(CUSTOMERS):
            yield env.timeout(rng.expovariate(0.9 * servers))
            env.process(visit())

    env.process(arrive())
    env.run()
    return waited[0]


def measure(name, run):
    speeds = []
    for _ in range(RUNS):
        start = time.process_time()
        run()
        speeds.append(CUSTOMERS / (time.process_time() - start))
    print(json.dumps({"peer": f"SimPy {simpy.__version__}", "name": name,
                      "per_second": max(speeds)}))


BENCHMARKS = {
    "mm1_with_a_server_process": two_processes,
    "mm1_with_a_process_per_customer": lambda: process_per_customer(1),
    "mm6_with_a_process_per_customer": lambda: process_per_customer(6),
}
for wanted in sys.argv[1:] or BENCHMARKS:
    measure(wanted, BENCHMARKS[wanted])
