/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* TRY, EXCEPT, FINALLY and CLEANUP: every shape of nesting below is run with
 * every way of leaving each of its parts, with and without an await before,
 * and compared with a model that walks the same tree by recursion. */
#include "world.h"

/* -- What a part does ----------------------------------------------------- */

enum { FALL, LEAVE, RAISE, CHILD, CANCEL, KINDS }; /* how a part ends */
enum { WAITS = 8, SLOTS = 6 };                     /* it awaits first */

struct failing {
    ASYNC_FRAME;
    int status;
};
ASYNC_DEF(failing)
{
    ASYNC_BEGIN;
    AWAIT(async_pause());
    ASYNC_RAISE(self->status);
    ASYNC_END;
}

#define ACT(slot)                                                         \
    do {                                                                  \
        note_n("+", (slot));                                              \
        if (self->action[slot] & WAITS) {                                 \
            AWAIT(async_pause());                                         \
        }                                                                 \
        self->kind = self->action[slot] & (WAITS - 1);                    \
        if (self->kind == LEAVE) {                                        \
            ASYNC_RETURN;                                                 \
        }                                                                 \
        if (self->kind == RAISE) {                                        \
            ASYNC_RAISE(-200 - (slot));                                   \
        }                                                                 \
        if (self->kind == CHILD) {                                        \
            AWAIT(ASYNC_CALL(failing, &self->child,                       \
                             .status = -300 - (slot)));                   \
        }                                                                 \
        if (self->kind == CANCEL) {                                       \
            ASYNC_RAISE(ASYNC_ERR_CANCELLED);                             \
        }                                                                 \
        note_n("-", (slot));                                              \
    } while (0)

#define SHAPE(name)                                                       \
    struct name {                                                         \
        ASYNC_FRAME;                                                      \
        const unsigned char *action;                                      \
        struct failing child;                                             \
        int kind, err, inner_err;                                         \
        int16_t end, inner_end;                                           \
    };                                                                    \
    ASYNC_DECLARE_STATIC(name);                                           \
    static async_coro_t *make_##name(const unsigned char *action)         \
    {                                                                     \
        static struct name frame;                                         \
        return ASYNC_CALL(name, &frame, .action = action);                \
    }                                                                     \
    ASYNC_DEF(name)

#define CAUGHT note_n("caught", self->err)

/* -- The shapes ----------------------------------------------------------- */

SHAPE(except)
{
    ASYNC_BEGIN;
    ASYNC_TRY { ACT(0); }
    ASYNC_EXCEPT(self->err) { CAUGHT; ACT(1); }
    ASYNC_END_EXCEPT;
    ACT(2);
    ASYNC_CLEANUP;
    ACT(3);
    ASYNC_END;
}

SHAPE(except_all)
{
    ASYNC_BEGIN;
    ASYNC_TRY { ACT(0); }
    ASYNC_EXCEPT_ALL(self->err) { CAUGHT; ACT(1); }
    ASYNC_END_EXCEPT;
    ACT(2);
    ASYNC_END;
}

SHAPE(except_when)
{
    ASYNC_BEGIN;
    ASYNC_TRY {
        ASYNC_TRY { ACT(0); }
        ASYNC_EXCEPT_WHEN(self->err, self->err <= -300) { CAUGHT; ACT(1); }
        ASYNC_END_EXCEPT;
        ACT(2);
    }
    ASYNC_EXCEPT(self->err) { CAUGHT; ACT(3); }
    ASYNC_END_EXCEPT;
    ACT(4);
    ASYNC_END;
}

SHAPE(finally)
{
    ASYNC_BEGIN;
    ASYNC_TRY { ACT(0); }
    ASYNC_FINALLY { ACT(1); }
    ASYNC_END_FINALLY;
    ACT(2);
    ASYNC_CLEANUP;
    ACT(3);
    ASYNC_END;
}

SHAPE(except_finally)
{
    ASYNC_BEGIN;
    ASYNC_TRY {
        ASYNC_TRY { ACT(0); }
        ASYNC_EXCEPT(self->err) { CAUGHT; ACT(1); }
        ASYNC_END_EXCEPT;
        ACT(2);
    }
    ASYNC_FINALLY { ACT(3); }
    ASYNC_END_FINALLY;
    ACT(4);
    ASYNC_END;
}

SHAPE(finally_in_except)
{
    ASYNC_BEGIN;
    ASYNC_TRY {
        ASYNC_TRY { ACT(0); }
        ASYNC_FINALLY { ACT(1); }
        ASYNC_END_FINALLY;
    }
    ASYNC_EXCEPT(self->err) {
        CAUGHT;
        ASYNC_TRY { ACT(2); }
        ASYNC_FINALLY { ACT(3); }
        ASYNC_END_FINALLY;
    }
    ASYNC_END_EXCEPT;
    ACT(4);
    ASYNC_END;
}

SHAPE(finally_finally)
{
    ASYNC_BEGIN;
    ASYNC_TRY {
        ASYNC_TRY { ACT(0); }
        ASYNC_FINALLY { ACT(1); }
        ASYNC_END_FINALLY;
        ACT(2);
    }
    ASYNC_FINALLY { ACT(3); }
    ASYNC_END_FINALLY;
    ASYNC_CLEANUP;
    ACT(4);
    ASYNC_END;
}

SHAPE(in_finally)
{
    ASYNC_BEGIN;
    ASYNC_TRY { ACT(0); }
    ASYNC_FINALLY {
        ASYNC_TRY { ACT(1); }
        ASYNC_EXCEPT(self->err) { CAUGHT; ACT(2); }
        ASYNC_END_EXCEPT;
        ASYNC_TRY { ACT(3); }
        ASYNC_FINALLY_IN(self->end) { ACT(4); }
        ASYNC_END_FINALLY_IN(self->end);
    }
    ASYNC_END_FINALLY;
    note("after");
    ASYNC_END;
}

SHAPE(in_cleanup)
{
    ASYNC_BEGIN;
    ACT(0);
    ASYNC_CLEANUP;
    ASYNC_TRY {
        ASYNC_TRY { ACT(1); }
        ASYNC_EXCEPT_ALL(self->err) { CAUGHT; ACT(2); }
        ASYNC_END_EXCEPT;
    }
    ASYNC_FINALLY_IN(self->end) {
        ASYNC_TRY { ACT(3); }
        ASYNC_FINALLY_IN(self->inner_end) { ACT(4); }
        ASYNC_END_FINALLY_IN(self->inner_end);
    }
    ASYNC_END_FINALLY_IN(self->end);
    note("after");
    ASYNC_END;
}

/* -- The model ------------------------------------------------------------ */

enum step { ACTS, NOTES, CATCHES, CATCHES_ALL, CATCHES_CHILD, ALWAYS };

struct node {
    enum step step;
    int slot;               /* of ACTS */
    const struct node *a, *b; /* body and other part; or two in sequence */
    const struct node *next;
};

/* 0: fell off the end; LEAVE; or the error. */
static int model_act(const unsigned char *action, int slot)
{
    int kind = action[slot] & (WAITS - 1);
    note_n("+", slot);
    switch (kind) {
    case FALL:
        note_n("-", slot);
        return 0;
    case RAISE:
        return -200 - slot;
    case CHILD:
        return -300 - slot;
    case CANCEL:
        return ASYNC_ERR_CANCELLED;
    default:
        return kind;
    }
}

static bool model_catches(enum step step, int end)
{
    switch (step) {
    case CATCHES:
        return end < 0 && end != ASYNC_ERR_CANCELLED;
    case CATCHES_CHILD:
        return end <= -300;
    default:
        return end < 0;
    }
}

static int model_run(const unsigned char *action, const struct node *node)
{
    int end = 0, other;
    for (; node != NULL && end == 0; node = node->next) {
        switch (node->step) {
        case ACTS:
            end = model_act(action, node->slot);
            break;
        case NOTES:
            note("after");
            break;
        case ALWAYS:
            end = model_run(action, node->a);
            other = model_run(action, node->b);
            end = other != 0 ? other : end;
            break;
        default:
            end = model_run(action, node->a);
            if (model_catches(node->step, end)) {
                note_n("caught", end);
                end = model_run(action, node->b);
            }
            break;
        }
    }
    return end;
}

#define NODE(name, step, slot, a, b, next) \
    static const struct node name = {step, slot, a, b, next}

NODE(part0, ACTS, 0, NULL, NULL, NULL);
NODE(part1, ACTS, 1, NULL, NULL, NULL);
NODE(part2, ACTS, 2, NULL, NULL, NULL);
NODE(part3, ACTS, 3, NULL, NULL, NULL);
NODE(part4, ACTS, 4, NULL, NULL, NULL);
NODE(after, NOTES, 0, NULL, NULL, NULL);

NODE(except_try, CATCHES, 0, &part0, &part1, &part2);
NODE(except_tree, ALWAYS, 0, &except_try, &part3, NULL);
NODE(except_all_tree, CATCHES_ALL, 0, &part0, &part1, &part2);
NODE(when_inner, CATCHES_CHILD, 0, &part0, &part1, &part2);
NODE(except_when_tree, CATCHES, 0, &when_inner, &part3, &part4);
NODE(finally_try, ALWAYS, 0, &part0, &part1, &part2);
NODE(finally_tree, ALWAYS, 0, &finally_try, &part3, NULL);
NODE(except_finally_tree, ALWAYS, 0, &except_try, &part3, &part4);
NODE(finally_alone, ALWAYS, 0, &part0, &part1, NULL);
NODE(finally_2_3, ALWAYS, 0, &part2, &part3, NULL);
NODE(finally_in_except_tree, CATCHES, 0, &finally_alone, &finally_2_3, &part4);
NODE(two_finally, ALWAYS, 0, &finally_try, &part3, NULL);
NODE(finally_finally_tree, ALWAYS, 0, &two_finally, &part4, NULL);
NODE(finally_3_4, ALWAYS, 0, &part3, &part4, NULL);
NODE(handled_1_2, CATCHES, 0, &part1, &part2, &finally_3_4);
NODE(in_finally_tree, ALWAYS, 0, &part0, &handled_1_2, &after);
NODE(all_1_2, CATCHES_ALL, 0, &part1, &part2, NULL);
NODE(cleanup_1_4, ALWAYS, 0, &all_1_2, &finally_3_4, &after);
NODE(in_cleanup_tree, ALWAYS, 0, &part0, &cleanup_1_4, NULL);

/* -- All of it ------------------------------------------------------------ */

static void run_once(async_coro_t *coro, int expected)
{
    async_driver_t driver;
    int status;
    CHECK_INT(async_driver_init(&driver, coro), 0);
    do {
        status = async_drive(&driver);
    } while (status == ASYNC_PENDING);
    CHECK_INT(status, expected == LEAVE ? 0 : expected);
}

/* Step n of a sweep is the number whose digits are the actions. */
static void sweep(async_coro_t *(*make)(const unsigned char *action),
                  const struct node *tree, unsigned slots)
{
    static char expected[sizeof trace_];
    unsigned char action[SLOTS] = {0};
    unsigned long n, count = 1;
    unsigned slot;
    for (slot = 0; slot < slots; slot++) {
        count *= 2u * KINDS;
    }
    for (n = 0; n < count; n++) {
        unsigned long digits = n;
        int end;
        if (!world_step(n)) {
            continue;
        }
        for (slot = 0; slot < slots; slot++, digits /= 2u * KINDS) {
            unsigned digit = (unsigned)(digits % (2u * KINDS));
            action[slot] = (unsigned char)(digit < KINDS
                                               ? digit
                                               : digit - KINDS + WAITS);
        }
        trace_clear();
        end = model_run(action, tree);
        __builtin_memcpy(expected, trace_, trace_length_ + 1u);
        trace_clear();
        run_once(make(action), end);
        CHECK_STR_VAR(trace_, expected);
    }
    check_.step = 0;
}

#define SWEEP(name, slots)                         \
    static void sweep_##name(void)                 \
    {                                              \
        sweep(make_##name, &name##_tree, slots);   \
    }
SWEEP(except, 4)            /* SEM K-12 K-14 K-17 K-20 K-22 K-23 */
SWEEP(except_all, 3)        /* SEM K-15 */
SWEEP(except_when, 5)       /* SEM K-16 */
SWEEP(finally, 4)           /* SEM K-18 K-19 K-22 */
SWEEP(except_finally, 5)    /* SEM K-17 K-18 */
SWEEP(finally_in_except, 5) /* SEM K-12 K-18 */
SWEEP(finally_finally, 5)   /* SEM K-12 K-20 */
SWEEP(in_finally, 5)        /* SEM K-21 */
SWEEP(in_cleanup, 5)        /* SEM K-21 K-22 K-23 */

/* -- Single cases --------------------------------------------------------- */

struct raiser {
    ASYNC_FRAME;
    int status, err;
};
ASYNC_DEF(raiser)
{
    ASYNC_BEGIN;
    ASYNC_TRY {
        ASYNC_RAISE(self->status);
    }
    ASYNC_EXCEPT(self->err) {
        note("caught");
        ASYNC_RAISE(self->err);
    }
    ASYNC_END_EXCEPT;
    note("not raised");
    ASYNC_END;
}

/* SEM K-13 K-14 C-21 D-06 */
static void what_can_be_raised(void)
{
    static const struct { int raised, status; bool caught; } cases[] = {
        {ASYNC_ERR_TIMEOUT, ASYNC_ERR_TIMEOUT, true},
        {ASYNC_ERR_USER, ASYNC_ERR_USER, true},
        {ASYNC_ERR_USER_LAST, ASYNC_ERR_USER_LAST, true},
        {ASYNC_ERR_GROUP, ASYNC_ERR_GROUP, true},
        {ASYNC_ERR_GROUP_LAST, ASYNC_ERR_GROUP_LAST, true},
        {ASYNC_ERR_GROUP_LAST - 1, ASYNC_ERR_TYPE, true},
        {WIDE(-40000), ASYNC_ERR_TYPE, true},
        {0, ASYNC_ERR_TYPE, true},
        {1, ASYNC_ERR_TYPE, true},
        {WIDE(70000), ASYNC_ERR_TYPE, true},
        {ASYNC_ERR_CANCELLED, ASYNC_ERR_CANCELLED, false},
        {ASYNC_ERR_GENERATOR_EXIT, ASYNC_ERR_GENERATOR_EXIT, false},
    };
    struct raiser frame;
    unsigned i;
    for (i = 0; i < sizeof cases / sizeof *cases; i++) {
        trace_clear();
        run_once(ASYNC_CALL(raiser, &frame, .status = cases[i].raised),
                 cases[i].status);
        CHECK_TRACE_VAR(cases[i].caught ? "caught" : "");
    }
}

struct looper {
    ASYNC_FRAME;
    int i, err;
};
ASYNC_DEF(looper)
{
    ASYNC_BEGIN;
    for (self->i = 0; self->i < 6; self->i++) {
        ASYNC_TRY {
            AWAIT(async_pause());
            if (self->i != 1) {
                ASYNC_RAISE(-200);
            }
        }
        ASYNC_EXCEPT(self->err) {
            if (self->i < 3) {
                continue;
            }
            break;
        }
        ASYNC_END_EXCEPT;
        note_n("through", self->i);
    }
    note_n("left", self->i);
    for (self->i = 0; self->i < 6; self->i++) {
        ASYNC_TRY {
            AWAIT(async_pause());
            ASYNC_RAISE(-200);
        }
        ASYNC_FINALLY {
            if (self->i < 3) {
                continue;
            }
            break;
        }
        ASYNC_END_FINALLY;
    }
    note_n("left", self->i);
    AWAIT(async_pause());
    ASYNC_END;
}

/* SEM K-29 D-12 */
static void break_out_of_handlers(void)
{
    struct looper frame;
    trace_clear();
    run_once(ASYNC_CALL(looper, &frame), 0);
    CHECK_TRACE("through1 left3 left3");
}

static const struct test tests[] = {
    TEST(sweep_except),            TEST(sweep_except_all),
    TEST(sweep_except_when),       TEST(sweep_finally),
    TEST(sweep_except_finally),    TEST(sweep_finally_in_except),
    TEST(sweep_finally_finally),   TEST(sweep_in_finally),
    TEST(sweep_in_cleanup),        TEST(what_can_be_raised),
    TEST(break_out_of_handlers),
};
TEST_MAIN(tests)
