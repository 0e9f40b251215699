/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Sweeps all regions. Writes for each how many points it had and how long the
 * interrupt had to wait at most, and with SWEEP_HITS the address of every
 * instruction that was interrupted, for coverage.py. */
#define ASYNC_IMPLEMENTATION
#include "sweep.h"

#include "board.h"

#if !defined(SWEEP_HITS) || defined(__AVR__)
#undef SWEEP_HITS
#define SWEEP_HITS 0 /* there every cycle is hit */
#endif

/* How many clocks later the next interrupt comes. */
#ifndef SWEEP_STEP
#define SWEEP_STEP 1
#endif

async_loop_t sweep_loop;
async_tick_port_t sweep_tick;

/* -- Log ------------------------------------------------------------------- */

static char text[24];
static volatile uint8_t length;

void sweep_log(char c)
{
    if (length < sizeof text - 1) {
        text[length] = c;
        length++;
    }
}

static bool is_same(const char *a, const char *b)
{
    while (*a != 0 && *a == *b) {
        a++;
        b++;
    }
    return *a == *b;
}

bool sweep_logged(const char *wanted)
{
    text[length] = 0;
    return is_same(text, wanted);
}

unsigned sweep_count(char c)
{
    unsigned count = 0, i;
    for (i = 0; i < length; i++) {
        count += text[i] == c;
    }
    return count;
}

/* -- Letters --------------------------------------------------------------- */

static int letter_run(async_handle_t *handle)
{
    struct letter *letter =
        async_container_of(handle, struct letter, post.handle);
    letter->seen[0] = letter->sent[0];
    letter->seen[1] = letter->sent[1];
    sweep_log(letter->name);
    return 0;
}

void letter_init(struct letter *letter, char name)
{
    __builtin_memset(letter, 0, sizeof *letter);
    async_post_init(&letter->post, letter_run);
    letter->name = name;
}

int letter_send_to(async_loop_t *loop, struct letter *letter,
                   enum sender sender)
{
    letter->sent[sender]++;
    return async_post(loop, &letter->post);
}

bool letter_lost(const struct letter *letter)
{
    return letter->seen[0] != letter->sent[0] ||
           letter->seen[1] != letter->sent[1];
}

void sweep_once(void)
{
    async_tick_t deadline;
    bool has_deadline;
    (void)async_loop_run_once(&sweep_loop, &deadline, &has_deadline);
}

void sweep_drain(void)
{
    async_tick_t deadline;
    bool has_deadline;
    while (async_loop_run_once(&sweep_loop, &deadline, &has_deadline) ==
           ASYNC_PENDING) { }
}

/* -- One run --------------------------------------------------------------- */

#define LATE ((uint16_t)20000)      /* clocks: after the end of any region */
#define OVERSLEPT ((uint16_t)60000) /* nothing takes that long */
#define SLEEPS 320 /* more than from any place with interrupts masked */

static const struct region *region;

/* How the interrupt comes: `twice` at one point, or again some clocks later. */
struct shots {
    bool twice;
    uint16_t again; /* 0: it does not */
};
static struct shots shots;
static uint16_t when; /* clocks until the first */

static volatile bool inside, finished; /* the region; the run */
static volatile uint8_t came;          /* interrupts */
static bool sweeping; /* one by one, and not only in addition */
static struct {
    uintptr_t pc;
    uint16_t late;
    bool inside;
} first, second; /* interrupt */

bool sweep_is_late(void)
{
    return !first.inside;
}

unsigned sweep_when(void)
{
    return when;
}

unsigned sweep_interrupts(void)
{
    return shots.twice || shots.again != 0 ? 2 : 1;
}

static void complain(const char *what)
{
    text[length] = 0;
    board_puts(region->name);
    board_puts(": ");
    board_puts(what);
    board_puts(" at ");
    board_put_number(when);
    board_puts(shots.twice ? " twice" : " and ");
    board_put_number(shots.again);
    board_puts(", log ");
    board_puts(text);
    board_puts("\n");
}

static void note_hit(uintptr_t pc);

void sweep_interrupt(uintptr_t pc, uint16_t late)
{
    uint8_t wanted = shots.again != 0 ? 2 : 1;
    if (came == wanted) {
        complain(finished ? "does not end" : "overslept");
        board_exit(1);
    }
    if (came == 0) {
        first.pc = pc;
        first.late = late;
        first.inside = inside;
    } else {
        second.inside = inside;
    }
    if (inside && sweeping) {
        note_hit(pc);
    }
    came++;
    region->interrupt(came);
    if (shots.twice) {
        region->interrupt(2);
    }
    injector_arm(came < wanted ? shots.again : OVERSLEPT);
}

/* coverage.py looks for these two in the trace. */
void sweep_begin(void);
__attribute__((noinline)) void sweep_begin(void)
{
    __asm__ volatile("");
}

void sweep_end(void);
__attribute__((noinline)) void sweep_end(void)
{
    inside = false;
}

static int run(uint16_t after)
{
    int outcome;
    length = 0;
    (void)async_loop_init(&sweep_loop,
                          async_tick_port_init(&sweep_tick, SWEEP_START));
    came = 0;
    finished = false;
    when = after;
    region->prepare();
    inside = true;
    if (region->interrupt == NULL) {
        came = 1;
        first.inside = true;
        after = OVERSLEPT;
    }
    injector_arm(after);
    sweep_begin();
    region->run();
    sweep_end();
    while (came < (shots.again != 0 ? 2 : 1)) { }
    finished = true;
    injector_arm(OVERSLEPT);
    outcome = region->outcome();
    injector_off();
    return outcome;
}

/* -- Coverage -------------------------------------------------------------- */

#if SWEEP_HITS

static uint32_t hits[2048]; /* a bit for each halfword of 128 KiB */

static void note_hit(uintptr_t pc)
{
    uintptr_t halfword = pc / 2u % (sizeof hits * 8u);
    hits[halfword / 32u] |= (uint32_t)1 << halfword % 32u;
}

static void write_hits(void)
{
    uint32_t i;
    board_puts("hits");
    for (i = 0; i < sizeof hits * 8u; i++) {
        if (hits[i / 32u] & (uint32_t)1 << i % 32u) {
            board_puts(" ");
            board_put_number(i * 2u);
        }
    }
    board_puts("\n");
    __builtin_memset(hits, 0, sizeof hits);
}

#else

static void note_hit(uintptr_t pc)
{
    (void)pc;
}

static void write_hits(void) { }

#endif

/* -- One region ------------------------------------------------------------ */

static const struct shots ways[] = {
    {false, 0},  {true, 0},   {false, 1},  {false, 70},
#ifndef __AVR__ /* where simulating takes longer */
    {false, 4},  {false, 9},  {false, 16}, {false, 25}, {false, 40},
#endif
};

static uint16_t longest, shortest; /* wait of the interrupt */

/* QEMU is sometimes late by itself to end a sleep, so what is new is looked at
 * twice. */
static void note_wait(uint16_t after)
{
    uint16_t late = first.late;
    if (late > longest && sweep_interrupts() == 1) {
        (void)run(after);
        late = first.late < late ? first.late : late;
    }
    longest = late > longest ? late : longest;
    shortest = late < shortest ? late : shortest;
}

/* Sweeps in one way, until the interrupt comes after the end; or, if the region
 * sleeps until it comes, until it has come to the same place so often that this
 * is not code but sleep. Returns how many points there were, or 0. */
static uint16_t sweep_way(void)
{
    uint16_t after = 1, same = 0;
    uintptr_t last = 0;
    int before = 0;
    longest = 0;
    shortest = UINT16_MAX;
    for (; same < SLEEPS; after = (uint16_t)(after + SWEEP_STEP)) {
        int outcome = run(after);
        if (outcome < 0 || (sweep_interrupts() == 1 && outcome < before)) {
            complain(outcome < 0 ? "wrong" : "wrong order");
            return 0;
        }
        before = outcome;
        if (!first.inside) {
            break;
        }
        same = first.pc == last ? (uint16_t)(same + 1u) : (uint16_t)0;
        last = first.pc;
        note_wait(after);
    }
    return after;
}

/* A region that slept when the interrupt came `after`: that wakes it, and a
 * second one comes at every point until the end. */
static bool sweep_awake(uint16_t after)
{
    shots = ways[0];
    do {
        shots.again++;
        if (run(after) < 0) {
            complain("wrong");
            return false;
        }
    } while (second.inside);
    return true;
}

/* A region without an interrupt: something else depends on `after`. */
static bool sweep_alone(void)
{
    uint16_t after;
    shots = ways[0];
    for (after = 1; after < 400; after++) {
        if (run(after) < 0) {
            complain("wrong");
            return false;
        }
    }
    board_puts(region->name);
    board_puts(": 399 times\n");
    return true;
}

static bool sweep_region(uint16_t *longest_wait)
{
    unsigned i;
    if (region->interrupt == NULL) {
        return sweep_alone();
    }
    for (i = 0; i < sizeof ways / sizeof ways[0]; i++) {
        uint16_t points;
        shots = ways[i];
        sweeping = i == 0;
        points = sweep_way();
        if (points == 0 || (first.inside && sweeping && !sweep_awake(points))) {
            return false;
        }
        if (i == 0) {
            *longest_wait = (uint16_t)(longest - shortest);
            board_puts(region->name);
            board_puts(": ");
            board_put_number(points);
            board_puts(" points, longest wait ");
            board_put_number(*longest_wait);
            board_puts(" clocks\n");
        }
    }
    write_hits();
    return true;
}

/* -- All regions ----------------------------------------------------------- */

static const struct region *const lists[] = {
#ifdef SWEEP_ONLY
    SWEEP_ONLY,
#else
    sweep_post, sweep_idle, sweep_clock, sweep_channel,
    sweep_put, sweep_flag, sweep_future, sweep_level,
#endif
};
enum { LISTS = sizeof lists / sizeof lists[0] };

/* All of a list: how many are wrong. */
static unsigned sweep_list(const struct region *list)
{
    uint16_t waits[16];
    unsigned i, j, wrong = 0;
    for (i = 0; list[i].name != NULL; i++) {
        region = &list[i];
        if (!sweep_region(&waits[i])) {
            wrong++;
            continue;
        }
        for (j = 0; j < i && region->same_as != NULL; j++) {
            /* In QEMU an instruction is no whole number of clocks. */
            if (is_same(list[j].name, region->same_as) &&
                waits[i] > waits[j] + 1u) {
                board_puts("-- longer than that of ");
                board_puts(region->same_as);
                board_puts("\n");
                wrong++;
            }
        }
    }
    return wrong;
}

/* Every region once, with the interrupt at its end: what coverage.py traces. */
void sweep_all_once(void);
__attribute__((noinline)) void sweep_all_once(void)
{
    unsigned i;
    for (i = 0; i < LISTS; i++) {
        for (region = lists[i]; region->name != NULL; region++) {
            shots = ways[0];
            if (region->interrupt != NULL && run(LATE) < 0) {
                complain("wrong without an interrupt");
            }
        }
    }
}

int main(void)
{
    unsigned i, wrong = 0;
    board_init();
    injector_init();
    sweep_all_once();
    for (i = 0; i < LISTS; i++) {
        wrong += sweep_list(lists[i]);
    }
    board_put_number(wrong);
    board_puts(" regions wrong\n");
    return wrong != 0;
}
