/*
 * DHCP clients for measurements: each takes an address by DISCOVER, OFFER, REQUEST, ACK, directly on the wire (giaddr
 * 0, answers broadcast), and makes way for the next, who never had one. In C because it shares two processors with the
 * server under measurement: many datagrams travel with one system call.
 *
 *   dora-clients closed WIRE SECONDS CLIENTS FIRST IN_FLIGHT PATIENCE   so many exchanges under way at a time
 *   dora-clients rate   WIRE SECONDS CLIENTS FIRST PER_SECOND PATIENCE  so many begun each second
 *   dora-clients answer WIRE SECONDS                                    a server that only pretends to be one
 *
 * CLIENTS is the most that there are, and FIRST the number of the first: no two runs need to have one in common.
 * PATIENCE is how long a client waits for an answer before it begins again, milliseconds. The one line of output is
 * JSON.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { SLOTS = 65536, BATCH = 64, MESSAGE = 300, ROOM = 1500, SERVER_PORT = 67, CLIENT_PORT = 68 };
enum { DISCOVER = 1, OFFER = 2, REQUEST = 3, ACK = 5 };
/* Where the fields of a message are (RFC 2131 s. 2); options begin behind the magic cookie. */
enum { XID = 4, FLAGS = 10, YIADDR = 16, CHADDR = 28, COOKIE = 236, OPTIONS = 240 };

/* While many are under way, a short rest lets more answers come with one system call. */
static const struct timespec rest = {0, 100000};

/* One exchange under way. Its number is in the transaction's id, with a count of those that had the place before. */
struct exchange {
  uint32_t xid, client;
  uint8_t awaits;
  double began, spoke;
};

static struct exchange exchanges[SLOTS];
static float latencies[4 * 1000 * 1000];
static uint8_t template[2][MESSAGE];
static uint8_t sending[BATCH][MESSAGE], receiving[BATCH][ROOM];
static struct iovec sending_parts[BATCH], receiving_parts[BATCH];
static struct mmsghdr sending_messages[BATCH], receiving_messages[BATCH];
static struct sockaddr_in everybody;
static int wire, to_send;
static double patience_s;
static long begun, completed, repeated, refused_sends;

static double now(void) {
  struct timespec at;
  clock_gettime(CLOCK_MONOTONIC, &at);
  return at.tv_sec + at.tv_nsec / 1e9;
}

static void fail(const char *what) {
  perror(what);
  exit(1);
}

static void open_wire(const char *name, int port) {
  struct sockaddr_in here = {.sin_family = AF_INET, .sin_port = htons(port)};
  int on = 1, buffer = 8 << 20;
  if ((wire = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0)) < 0) fail("socket");
  if (setsockopt(wire, SOL_SOCKET, SO_BINDTODEVICE, name, strlen(name) + 1)) fail(name);
  setsockopt(wire, SOL_SOCKET, SO_BROADCAST, &on, sizeof on);
  setsockopt(wire, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  setsockopt(wire, SOL_SOCKET, SO_RCVBUFFORCE, &buffer, sizeof buffer);
  setsockopt(wire, SOL_SOCKET, SO_SNDBUFFORCE, &buffer, sizeof buffer);
  if (bind(wire, (struct sockaddr *)&here, sizeof here)) fail("bind");
  everybody.sin_family = AF_INET;
  everybody.sin_addr.s_addr = INADDR_BROADCAST;
  everybody.sin_port = htons(port == CLIENT_PORT ? SERVER_PORT : CLIENT_PORT);
  for (int at = 0; at < BATCH; at++) {
    sending_parts[at] = (struct iovec){sending[at], MESSAGE};
    sending_messages[at].msg_hdr = (struct msghdr){
        .msg_name = &everybody, .msg_namelen = sizeof everybody, .msg_iov = &sending_parts[at], .msg_iovlen = 1};
    receiving_parts[at] = (struct iovec){receiving[at], ROOM};
    receiving_messages[at].msg_hdr = (struct msghdr){.msg_iov = &receiving_parts[at], .msg_iovlen = 1};
  }
}

static void flush(void) {
  for (int sent = 0; sent < to_send;) {
    int more = sendmmsg(wire, sending_messages + sent, to_send - sent, 0);
    if (more > 0) sent += more;
    else { refused_sends += to_send - sent; break; }
  }
  to_send = 0;
}

static uint8_t *next_message(void) {
  if (to_send == BATCH) flush();
  return sending[to_send++];
}

/* What an ordinary client says: its client identifier is its MAC address, and it asks for the usual options. */
static void make_template(uint8_t *message, uint8_t type) {
  static const uint8_t head[] = {1, 1, 6, 0}, cookie[] = {99, 130, 83, 99}, asked[] = {55, 7, 1, 28, 2, 3, 15, 6, 12};
  uint8_t *option = message + OPTIONS;
  memcpy(message, head, sizeof head);
  message[FLAGS] = 0x80;
  message[CHADDR] = 2;
  memcpy(message + COOKIE, cookie, sizeof cookie);
  *option++ = 53, *option++ = 1, *option++ = type;
  *option++ = 61, *option++ = 7, *option++ = 1, *option = 2, option += 6;
  memcpy(option, asked, sizeof asked), option += sizeof asked;
  if (type == REQUEST) {
    *option++ = 50, *option++ = 4, option += 4;
    *option++ = 54, *option++ = 4, option += 4;
  }
  *option = 255;
}

enum { CLIENT_ID_TAIL = OPTIONS + 3 + 3 + 2, REQUESTED = OPTIONS + 3 + 9 + 9 + 2, SERVER_ID = REQUESTED + 6 };

static void speak(struct exchange *of, uint8_t type, const uint8_t *address, const uint8_t *server) {
  uint8_t *message = next_message();
  uint32_t xid = htonl(of->xid), client = htonl(of->client);
  memcpy(message, template[type == REQUEST], MESSAGE);
  memcpy(message + XID, &xid, 4);
  memcpy(message + CHADDR + 2, &client, 4);
  memcpy(message + CLIENT_ID_TAIL, &client, 4);
  if (type == REQUEST) memcpy(message + REQUESTED, address, 4), memcpy(message + SERVER_ID, server, 4);
  of->awaits = type + 1 + (type == REQUEST);
  of->spoke = now();
}

static void begin(uint32_t slot, uint32_t first, double due) {
  struct exchange *of = &exchanges[slot];
  of->xid = (of->xid & 0xffff0000u) + 0x10000u + slot;
  of->client = first + begun++;
  of->began = due;
  speak(of, DISCOVER, NULL, NULL);
}

static const uint8_t *option_of(const uint8_t *message, int length, uint8_t code) {
  for (int at = OPTIONS; at + 1 < length && message[at] != 255; at += message[at] == 0 ? 1 : 2 + message[at + 1])
    if (message[at] == code && at + 2 + message[at + 1] <= length) return message + at + 2;
  return NULL;
}

/* The exchange that an answer ended; NULL: none. */
static struct exchange *hear(const uint8_t *message, int length) {
  uint32_t xid;
  const uint8_t *type = length > OPTIONS ? option_of(message, length, 53) : NULL;
  memcpy(&xid, message + XID, 4);
  struct exchange *of = &exchanges[ntohl(xid) & 0xffff];
  if (!type || of->xid != ntohl(xid) || of->awaits != *type) return NULL;
  if (*type == OFFER) {
    const uint8_t *server = option_of(message, length, 54);
    if (server) speak(of, REQUEST, message + YIADDR, server);
    return NULL;
  }
  if (completed < (long)(sizeof latencies / sizeof *latencies)) latencies[completed] = (now() - of->spoke) * 1000;
  completed++;
  of->awaits = 0;
  return of;
}

static int receive(int wait_ms) {
  struct pollfd ready = {.fd = wire, .events = POLLIN};
  if (poll(&ready, 1, wait_ms) < 1) return 0;
  int count = recvmmsg(wire, receiving_messages, BATCH, 0, NULL);
  return count < 0 ? 0 : count;
}

static int by_size(const void *one, const void *other) {
  float difference = *(const float *)one - *(const float *)other;
  return (difference > 0) - (difference < 0);
}

static void report(double seconds, long lost) {
  struct rusage used;
  getrusage(RUSAGE_SELF, &used);
  double cpu = used.ru_utime.tv_sec + used.ru_stime.tv_sec + (used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
  qsort(latencies, completed, sizeof *latencies, by_size);
  printf("{\"seconds\":%.4f,\"begun\":%ld,\"completed\":%ld,\"lost\":%ld,\"repeated\":%ld,\"refusedSends\":%ld,", seconds,
         begun, completed, lost, repeated, refused_sends);
  printf("\"ackP50Ms\":%.4f,\"ackP99Ms\":%.4f,\"ackMaxMs\":%.4f,\"cpuSeconds\":%.4f}\n",
         completed ? latencies[completed / 2] : 0, completed ? latencies[completed * 99 / 100] : 0,
         completed ? latencies[completed - 1] : 0, cpu);
}

static void run_closed(double seconds, long clients, uint32_t first, int in_flight) {
  double start = now(), at = start, looked = start;
  for (int slot = 0; slot < in_flight && begun < clients; slot++) begin(slot, first, start);
  flush();
  while (at - start < seconds && completed < clients) {
    int count = receive(20);
    for (int message = 0; message < count; message++) {
      struct exchange *ended = hear(receiving[message], receiving_messages[message].msg_len);
      if (ended && begun < clients) begin(ended - exchanges, first, at);
    }
    flush();
    at = now();
    if (at - looked > patience_s / 10) {
      looked = at;
      for (int slot = 0; slot < in_flight; slot++)
        if (exchanges[slot].awaits && at - exchanges[slot].spoke > patience_s)
          repeated++, speak(&exchanges[slot], DISCOVER, NULL, NULL);
      flush();
    }
    nanosleep(&rest, NULL);
  }
  report(at - start, 0);
}

static void run_rate(double seconds, long clients, uint32_t first, double per_second) {
  double start = now(), at = start;
  while (at - start < seconds + patience_s && (at - start < seconds || completed < begun)) {
    while (at - start < seconds && begun < clients && begun < (at - start) * per_second)
      begin(begun & 0xffff, first, start + begun / per_second);
    flush();
    int count = receive(1);
    for (int message = 0; message < count; message++)
      hear(receiving[message], receiving_messages[message].msg_len);
    flush();
    at = now();
  }
  report(seconds, begun - completed);
}

/* Gives every client an address of its own without remembering any: as little work as an answer can be. */
static void run_answer(const char *name, double seconds) {
  static const uint8_t server[] = {198, 18, 0, 1};
  open_wire(name, SERVER_PORT);
  for (double end = now() + seconds; now() < end;) {
    int count = receive(20);
    for (int at = 0; at < count; at++) {
      uint8_t *asked = receiving[at], *message = next_message(), *option = message + OPTIONS;
      const uint8_t *type = option_of(asked, receiving_messages[at].msg_len, 53);
      memset(message, 0, MESSAGE);
      memcpy(message, asked, OPTIONS);
      message[0] = 2;
      message[YIADDR] = 198, message[YIADDR + 1] = 18;
      memcpy(message + YIADDR + 2, asked + CHADDR + 4, 2);
      *option++ = 53, *option++ = 1, *option++ = type && *type == REQUEST ? ACK : OFFER;
      *option++ = 54, *option++ = 4;
      memcpy(option, server, 4), option[4] = 255;
    }
    flush();
  }
}

int main(int count, char **words) {
  if (count == 4 && !strcmp(words[1], "answer")) return run_answer(words[2], atof(words[3])), 0;
  if (count != 8) return fprintf(stderr, "usage: dora-clients closed|rate|answer WIRE SECONDS ...\n"), 2;
  double seconds = atof(words[3]), load = atof(words[6]);
  patience_s = atof(words[7]) / 1000;
  make_template(template[0], DISCOVER);
  make_template(template[1], REQUEST);
  open_wire(words[2], CLIENT_PORT);
  if (!strcmp(words[1], "closed")) run_closed(seconds, atol(words[4]), atol(words[5]), load);
  else run_rate(seconds, atol(words[4]), atol(words[5]), load);
  return 0;
}
