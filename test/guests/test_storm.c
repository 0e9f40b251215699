/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Threads post into the loop of a task at any moment whatever, as interrupts
 * do: all is seen, whatever the order. For -fsanitize=thread too. */
#define ASYNC_IMPLEMENTATION
#include "guest.h"

#include <pthread.h>
#include <sched.h>

enum { THREADS = 3, POSTS = 6000, PATIENCE = 1000000 };

struct source {
    async_post_t post;
    unsigned posted; /* by the thread; atomic */
    unsigned seen;   /* by the loop; atomic */
    unsigned runs;
};

static struct guest guest;
static struct source sources[THREADS];
static async_future_t all_seen;
static unsigned to_do = THREADS;

static int on_post(async_handle_t *handle)
{
    struct source *source =
        async_container_of(handle, struct source, post.handle);
    unsigned posted = __atomic_load_n(&source->posted, __ATOMIC_RELAXED);
    bool last = posted == POSTS && source->seen != POSTS;
    CHECK(posted >= source->seen);
    CHECK(++source->runs <= POSTS);
    __atomic_store_n(&source->seen, posted, __ATOMIC_RELAXED);
    if (last && --to_do == 0) {
        return async_future_set_result(&all_seen, NULL);
    }
    return 0;
}

static void post_isr(void *argument)
{
    struct source *source = (struct source *)argument;
    __atomic_fetch_add(&source->posted, 1u, __ATOMIC_RELAXED);
    CHECK_INT(async_post(&guest.loop, &source->post), 0);
}

/* Posts in bursts of three and lets the loop fall asleep between them, so that
 * many posts come while it does. After a lost wake-up it goes on, to end. */
static void *post_all(void *argument)
{
    const struct source *source = (const struct source *)argument;
    unsigned i, patience = PATIENCE;
    for (i = 1; i <= POSTS; i++) {
        machine_interrupt(post_isr, argument);
        while (i % 3 == 0 && patience > 0 &&
               __atomic_load_n(&source->seen, __ATOMIC_RELAXED) != i) {
            patience--;
            (void)sched_yield();
        }
        patience = patience > 0 ? PATIENCE : 0;
    }
    machine_thread(-1);
    return NULL;
}

struct app {
    ASYNC_FRAME;
    int i;
    pthread_t threads[THREADS];
};
ASYNC_DEF(app)
{
    ASYNC_BEGIN;
    async_future_init(&all_seen, &guest.loop);
    for (self->i = 0; self->i < THREADS; self->i++) {
        async_post_init(&sources[self->i].post, on_post);
        machine_thread(1);
        CHECK_INT(pthread_create(&self->threads[self->i], NULL, post_all,
                                 &sources[self->i]), 0);
    }
    AWAIT(&all_seen);
    for (self->i = 0; self->i < THREADS; self->i++) {
        CHECK_INT(pthread_join(self->threads[self->i], NULL), 0);
        CHECK_INT(sources[self->i].seen, POSTS);
    }
    ASYNC_END;
}

int main(void)
{
    static struct app frame;
    check_.test = "storm";
    guest_machine();
    guest.main = ASYNC_CALL(app, &frame);
    machine_create(guest_main, &guest);
    guest_run();
    CHECK_INT(guest.status, 0);
    CHECK(machine_blocks() > 100); /* most of 6000 bursts, but not surely */
    return check_.failures != 0;
}
