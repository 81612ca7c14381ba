/* An open network of single servers: NODES UTILISATION CUSTOMERS VISITS SEED; a served message leaves
 * with probability 1 / VISITS, else goes to any node alike. Prints one line of JSON. */
#include "events.h"

#define NONE UINT32_MAX

typedef struct {
  uint32_t head, tail;
} line;

typedef struct {
  double born, queued;
  uint32_t next, visits;
} message;

int main(int count, char **words) {
  if (count < 6) return 2;
  uint32_t nodes = (uint32_t)atol(words[1]);
  double load = atof(words[2]), visits_mean = atof(words[4]), service = 1;
  double gap = visits_mean * service / (load * nodes);
  long customers = atol(words[3]);
  uint64_t seed = strtoull(words[5], 0, 10);
  generator arrivals, services, ways;
  seed_generator(&arrivals, seed);
  seed_generator(&services, seed + 1000003);
  seed_generator(&ways, seed + 2000003);
  heap h = make_heap(4096);
  line *lines = malloc(nodes * sizeof(line));
  for (uint32_t i = 0; i < nodes; i++) lines[i] = (line){NONE, NONE};
  size_t room = 4096, free_count = 0;
  message *messages = malloc(room * sizeof(message));
  uint32_t *free_places = malloc(room * sizeof(uint32_t));
  for (size_t i = 0; i < room; i++) free_places[free_count++] = room - 1 - i;
  long sent = 0, events = 0, visits = 0;
  double waits = 0, sojourns = 0;

  double start = clock_seconds();
  push(&h, next_exponential(&arrivals, gap), 0, 0);
  while (h.count) {
    event e = pop(&h);
    double now = e.time;
    uint32_t place, node;
    events++;
    if (e.kind == 0) {
      if (++sent < customers) push(&h, now + next_exponential(&arrivals, gap), 0, 0);
      if (!free_count) {
        messages = realloc(messages, 2 * room * sizeof(message));
        free_places = realloc(free_places, 2 * room * sizeof(uint32_t));
        for (size_t i = 0; i < room; i++) free_places[free_count++] = 2 * room - 1 - i;
        room *= 2;
      }
      place = free_places[--free_count];
      messages[place].born = now;
      messages[place].visits = 0;
      node = next_below(&ways, nodes);
    } else {
      place = lines[e.subject].head;
      uint32_t next = messages[place].next;
      lines[e.subject].head = next;
      if (next == NONE) {
        lines[e.subject].tail = NONE;
      } else {
        waits += now - messages[next].queued;
        push(&h, now + next_exponential(&services, service), 1, e.subject);
      }
      if (next_unit(&ways) * visits_mean <= 1) {
        sojourns += now - messages[place].born;
        free_places[free_count++] = place;
        continue;
      }
      node = next_below(&ways, nodes);
    }
    visits++;
    messages[place].queued = now;
    messages[place].visits++;
    messages[place].next = NONE;
    if (lines[node].head == NONE) {
      lines[node].head = lines[node].tail = place;
      push(&h, now + next_exponential(&services, service), 1, node);
    } else {
      messages[lines[node].tail].next = place;
      lines[node].tail = place;
    }
  }
  double seconds = clock_seconds() - start;
  printf("{\"generator\": \"%s\", \"events\": %ld, \"seconds\": %.6f, \"wait_mean\": %.9f, "
         "\"sojourn_mean\": %.9f, \"peak_kb\": %ld}\n",
         GENERATOR, events, seconds, waits / visits, sojourns / customers, peak_kilobytes());
}
