/* M/M/c with Cimba, a process for each server: SERVERS UTILISATION CUSTOMERS SEED; one line of JSON. */
#include <cimba.h>
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

struct message {
  double arrived;
};

struct model {
  struct cmb_objectqueue *queue;
  double gap_mean;
  uint64_t customers, served;
  double waits, sojourns;
  struct message *messages, **free_messages;
  uint64_t free_count;
};

static void *arrive(struct cmb_process *me, void *context) {
  cmb_unused(me);
  struct model *m = context;
  for (uint64_t i = 0; i < m->customers; i++) {
    cmb_process_hold(cmb_random_exponential(m->gap_mean));
    struct message *message =
        m->free_count ? m->free_messages[--m->free_count] : malloc(sizeof(struct message));
    message->arrived = cmb_time();
    cmb_objectqueue_put(m->queue, message);
  }
  return NULL;
}

static void *serve(struct cmb_process *me, void *context) {
  cmb_unused(me);
  struct model *m = context;
  while (true) {
    void *object = NULL;
    cmb_objectqueue_get(m->queue, &object);
    struct message *message = object;
    m->waits += cmb_time() - message->arrived;
    cmb_process_hold(cmb_random_exponential(1.0));
    m->sojourns += cmb_time() - message->arrived;
    m->served++;
    m->free_messages[m->free_count++] = message;
  }
}

static double clock_seconds(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec + 1e-9 * t.tv_nsec;
}

int main(int count, char **words) {
  if (count < 5) return 2;
  int servers = atoi(words[1]);
  struct model m = {.gap_mean = 1 / (atof(words[2]) * servers),
                    .customers = strtoull(words[3], 0, 10)};
  m.free_messages = malloc(1000000 * sizeof(struct message *));
  cmb_logger_flags_off(CMB_LOGGER_INFO);
  double start = clock_seconds();
  cmb_random_initialize(strtoull(words[4], 0, 10));
  cmb_event_queue_initialize(0.0);
  m.queue = cmb_objectqueue_create();
  cmb_objectqueue_initialize(m.queue, "queue", CMB_UNLIMITED);
  struct cmb_process *source = cmb_process_create();
  cmb_process_initialize(source, "source", arrive, &m, 0);
  cmb_process_start(source);
  for (int i = 0; i < servers; i++) {
    struct cmb_process *server = cmb_process_create();
    cmb_process_initialize(server, "server", serve, &m, 0);
    cmb_process_start(server);
  }
  cmb_event_queue_execute();
  double seconds = clock_seconds() - start;
  struct rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  printf("{\"events\": %" PRIu64 ", \"seconds\": %.6f, \"wait_mean\": %.9f, "
         "\"sojourn_mean\": %.9f, \"peak_kb\": %ld}\n",
         2 * m.served, seconds, m.waits / (double)m.served, m.sojourns / (double)m.served,
         usage.ru_maxrss);
}
