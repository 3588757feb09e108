/*
 * A TFTP client for measuring servers: many downloads at once in one thread, nothing allocated per packet, each octet
 * compared with the file that it should be. Compiled by tftp.ts when the bench runs.
 *
 * usage: tftp-client ADDRESS PORT NAME FILE BLKSIZE WINDOWSIZE DOWNLOADS LOSS_PER_MILLE
 *
 * WINDOWSIZE 1 asks for none (RFC 7440). Loss is thrown with fixed dice, on what arrives and on what is sent. Prints one
 * line of JSON; ends with 1 when a download failed.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <fcntl.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { retry_ms = 300, retries_max = 60, datagram_max = 65600 };

struct download {
  int socket;
  struct sockaddr_in peer; /* port 0 until the server's first answer */
  unsigned char last[600]; /* what is sent again when nothing comes */
  int last_length;
  uint32_t received; /* blocks in order, counted beyond 65,535 */
  uint32_t since_answer;
  int blksize, window, complained, retries, state; /* state: 0 under way, 1 whole, 2 failed */
  double heard;
};

static const unsigned char *file;
static size_t file_bytes;
static int loss_per_mille;
static uint64_t dice = 88172645463325252ull;
static struct sockaddr_in server;
static long again;

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec + t.tv_nsec / 1e9;
}

static int is_lost(void) {
  if (!loss_per_mille) return 0;
  dice ^= dice << 13, dice ^= dice >> 7, dice ^= dice << 17;
  return (int)(dice % 1000) < loss_per_mille;
}

static void transmit(struct download *d) {
  const struct sockaddr_in *to = d->peer.sin_port ? &d->peer : &server;
  if (!is_lost()) sendto(d->socket, d->last, d->last_length, 0, (const struct sockaddr *)to, sizeof *to);
}

static void acknowledge(struct download *d) {
  const unsigned char packet[4] = {0, 4, (unsigned char)(d->received >> 8), (unsigned char)d->received};
  memcpy(d->last, packet, d->last_length = 4);
  d->since_answer = 0;
  transmit(d);
}

static void take_options(struct download *d, const char *at, const char *end) {
  if (d->received || at >= end || end[-1]) return;
  d->blksize = 512, d->window = 1;
  while (at < end) {
    const char *value = at + strlen(at) + 1;
    if (value >= end) break;
    if (!strcasecmp(at, "blksize")) d->blksize = atoi(value);
    if (!strcasecmp(at, "windowsize")) d->window = atoi(value);
    at = value + strlen(value) + 1;
  }
  acknowledge(d);
}

static void take_data(struct download *d, const unsigned char *packet, int length) {
  const uint16_t block = packet[2] << 8 | packet[3];
  const size_t from = (size_t)d->received * d->blksize;
  if (block != (uint16_t)(d->received + 1)) {
    if (!d->complained) d->complained = 1, again++, acknowledge(d);
    return;
  }
  d->complained = 0, d->retries = 0;
  if (length > d->blksize || from + length > file_bytes || memcmp(packet + 4, file + from, length)) {
    d->state = 2;
    return;
  }
  d->received++;
  const int is_last = length < d->blksize;
  if (is_last || ++d->since_answer >= (uint32_t)d->window) acknowledge(d);
  if (is_last) d->state = from + length == file_bytes ? 1 : 2;
}

static void receive(struct download *d, double at) {
  static unsigned char packet[datagram_max];
  struct sockaddr_in from;
  socklen_t size = sizeof from;
  const int length = recvfrom(d->socket, packet, sizeof packet, MSG_DONTWAIT, (struct sockaddr *)&from, &size);
  if (length < 4 || d->state || is_lost()) return;
  if (!d->peer.sin_port) d->peer = from;
  if (from.sin_port != d->peer.sin_port) return;
  d->heard = at;
  if (packet[1] == 3) take_data(d, packet, length - 4);
  else if (packet[1] == 6) take_options(d, (const char *)packet + 2, (const char *)packet + length);
  else d->state = 2;
}

static void begin(struct download *d, const char *name, int blksize, int window) {
  char *at = (char *)d->last;
  *at++ = 0, *at++ = 1;
  at += sprintf(at, "%s", name) + 1;
  at += sprintf(at, "octet") + 1;
  at += sprintf(at, "blksize") + 1;
  at += sprintf(at, "%d", blksize) + 1;
  if (window > 1) at += sprintf(at, "windowsize") + 1, at += sprintf(at, "%d", window) + 1;
  d->last_length = at - (char *)d->last;
  d->blksize = 512, d->window = 1, d->heard = now();
  d->socket = socket(AF_INET, SOCK_DGRAM, 0);
  const int room = 4 << 20;
  setsockopt(d->socket, SOL_SOCKET, SO_RCVBUF, &room, sizeof room);
  transmit(d);
}

static void repeat_when_silent(struct download *d, double at) {
  if (d->state || at - d->heard < retry_ms / 1e3) return;
  d->heard = at, again++;
  if (++d->retries > retries_max) d->state = 2;
  else transmit(d);
}

int main(int count, char **given) {
  if (count != 9) return 2;
  server = (struct sockaddr_in){.sin_family = AF_INET, .sin_port = htons(atoi(given[2]))};
  inet_aton(given[1], &server.sin_addr);
  const int fd = open(given[4], O_RDONLY);
  struct stat facts;
  if (fd < 0 || fstat(fd, &facts)) return 2;
  file_bytes = facts.st_size;
  file = mmap(0, file_bytes, PROT_READ, MAP_SHARED | MAP_POPULATE, fd, 0);
  const int downloads = atoi(given[7]);
  loss_per_mille = atoi(given[8]);

  struct download *all = calloc(downloads, sizeof *all);
  struct pollfd *polled = calloc(downloads, sizeof *polled);
  const double began = now();
  for (int i = 0; i < downloads; i++) begin(&all[i], given[3], atoi(given[5]), atoi(given[6]));
  int under_way = downloads;
  double checked = began;
  while (under_way) {
    for (int i = 0; i < downloads; i++) polled[i] = (struct pollfd){all[i].state ? -1 : all[i].socket, POLLIN, 0};
    poll(polled, downloads, 50);
    const double at = now();
    for (int i = 0; i < downloads; i++)
      if (polled[i].revents) receive(&all[i], at);
    if (at - checked > 0.05) {
      checked = at;
      for (int i = 0; i < downloads; i++) repeat_when_silent(&all[i], at);
    }
    under_way = 0;
    for (int i = 0; i < downloads; i++) under_way += !all[i].state;
  }
  const double seconds = now() - began;
  int completed = 0;
  for (int i = 0; i < downloads; i++) completed += all[i].state == 1;
  struct rusage used;
  getrusage(RUSAGE_SELF, &used);
  const double busy = used.ru_utime.tv_sec + used.ru_stime.tv_sec + (used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
  printf("{\"seconds\":%.6f,\"completed\":%d,\"again\":%ld,\"busySeconds\":%.6f}\n", seconds, completed, again, busy);
  return completed == downloads ? 0 : 1;
}
