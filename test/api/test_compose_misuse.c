/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Mistakes with gather and its like that only a programmer can mend: each
 * reaches ASYNC_MISUSE_HOOK, in a process of its own, which the hook ends. */
#define ASYNC_IMPLEMENTATION
#include "mistakes.h"
#include "children.h"

static ASYNC_GATHER(2) all;
static ASYNC_WAIT(2) some;
static ASYNC_AS_COMPLETED(2) each;
static async_shield_t shield;
static async_timeout_t limit;
static async_tick_t when;
static uintptr_t marks;

static void forget(async_op_t op)
{
    marks += op.mark_;
}

/* A NULL that no compiler sees through. */
static void *volatile nothing;
#define NONE(type) ((type *)nothing)

/* X(name, call, mistake) */
#define CASES(X)                                                              \
    X(no_mistake, (void)async_gather(&all, &futures[0]), -100)                \
    X(gather_in_main, (void)async_gather(&all, WORKER(1, .delay = 0)),        \
      ASYNC_MISUSE_NO_TASK)                                                   \
    X(gather_of_nothing, (void)async_gather(&all), ASYNC_MISUSE_NO_TASK)      \
    X(wait_in_main, forget(async_wait(&some, ASYNC_ALL_COMPLETED,             \
                                      &futures[0])), ASYNC_MISUSE_NO_TASK)    \
    X(as_completed_in_main, (void)async_as_completed(&each, &futures[0]),     \
      ASYNC_MISUSE_NO_TASK)                                                   \
    X(timeout_in_main, forget(async_timeout_enter_(&limit, 5)),               \
      ASYNC_MISUSE_NO_TASK)                                                   \
    X(timeout_at_in_main, forget(async_timeout_enter_at_(&limit, 5)),         \
      ASYNC_MISUSE_NO_TASK)                                                   \
    X(group_in_main, forget(async_taskgroup_enter_(&group)),                  \
      ASYNC_MISUSE_NO_TASK)                                                   \
    X(gather_null_task, (void)async_gather(&all, NONE(async_task_t)),         \
      ASYNC_MISUSE_NULL_ARGUMENT)                                             \
    X(gather_null_future, (void)async_gather(&all, NONE(async_future_t)),     \
      ASYNC_MISUSE_NULL_ARGUMENT)                                             \
    X(gather_null_coro, (void)async_gather(&all, NONE(async_coro_t)),         \
      ASYNC_MISUSE_NULL_ARGUMENT)                                             \
    X(shield_null, (void)async_shield(NONE(async_shield_t), &futures[0]),     \
      ASYNC_MISUSE_NULL_ARGUMENT)                                             \
    X(shield_of_null, (void)async_shield(&shield, NONE(async_task_t)),        \
      ASYNC_MISUSE_NULL_ARGUMENT)                                             \
    X(timeout_null, forget(async_timeout_enter_(NONE(async_timeout_t), 5)),   \
      ASYNC_MISUSE_NULL_ARGUMENT)                                             \
    X(reschedule_null,                                                        \
      (void)async_timeout_reschedule(NONE(async_timeout_t), 5),               \
      ASYNC_MISUSE_NULL_ARGUMENT)                                             \
    X(reschedule_ticks_null,                                                  \
      (void)async_timeout_reschedule_ticks(NONE(async_timeout_t), 5),         \
      ASYNC_MISUSE_NULL_ARGUMENT)                                             \
    X(expired_null, (void)async_timeout_expired(NONE(async_timeout_t)),       \
      ASYNC_MISUSE_NULL_ARGUMENT)                                             \
    X(when_null, (void)async_timeout_when(NONE(async_timeout_t), &when),      \
      ASYNC_MISUSE_NULL_ARGUMENT)                                             \
    X(when_to_null, (void)async_timeout_when(&limit, NONE(async_tick_t)),     \
      ASYNC_MISUSE_NULL_ARGUMENT)                                             \
    X(wait_for_null_task,                                                     \
      (void)async_wait_for_ms(NONE(async_wait_for_t), &tasks[1], 5)->point,   \
      ASYNC_MISUSE_NULL_ARGUMENT)                                             \
    X(group_null, forget(async_taskgroup_enter_(NONE(async_taskgroup_t))),    \
      ASYNC_MISUSE_NULL_ARGUMENT)                                             \
    X(create_null_group,                                                      \
      (void)async_taskgroup_create_task(NONE(async_taskgroup_t),              \
                                        &children[1], WORKER(1, .delay = 0)), \
      ASYNC_MISUSE_NULL_ARGUMENT)                                             \
    X(create_null_child,                                                      \
      (void)async_taskgroup_create_task(&group, NONE(async_child_t),          \
                                        WORKER(1, .delay = 0)),               \
      ASYNC_MISUSE_NULL_ARGUMENT)                                             \
    X(error_null, (void)async_taskgroup_error(NONE(async_taskgroup_t)),       \
      ASYNC_MISUSE_NULL_ARGUMENT)                                             \
    X(next_error_null,                                                        \
      (void)async_taskgroup_next_error(NONE(async_taskgroup_t), NULL),        \
      ASYNC_MISUSE_NULL_ARGUMENT)                                             \
    X(body_error_null,                                                        \
      (void)async_taskgroup_body_error(NONE(async_taskgroup_t)),              \
      ASYNC_MISUSE_NULL_ARGUMENT)

#define FUNCTION_(name, call, mistake) \
    static void name(void)             \
    {                                  \
        call;                          \
    }
CASES(FUNCTION_)

static const struct {
    const char *name;
    void (*run)(void);
    int mistake;
} cases[] = {
#define ROW_(name, call, mistake) {#name, name, mistake},
    CASES(ROW_)
};

static bool check_case(unsigned i)
{
    int expected = cases[i].mistake < 0 ? -1 : cases[i].mistake;
    bool right = CHECK_INT(mistake_of(cases[i].run), expected);
    if (!right) {
        CHECK_PUTS(cases[i].name);
        CHECK_PUTS("\n");
    }
    return right;
}

static void check_named(void (*run)(void))
{
    unsigned i;
    begin();
    for (i = 0; i < sizeof cases / sizeof *cases; i++) {
        if (cases[i].run == run) {
            (void)check_case(i);
        }
    }
    CHECK_INT(async_loop_close(&loop), 0);
}

/* SEM M-16 M-19 */
static void mistakes(void)
{
    unsigned i;
    begin();
    for (i = 0; i < sizeof cases / sizeof *cases; i++) {
        if (world_step(i)) {
            (void)check_case(i);
        }
    }
    check_.step = 0;
    CHECK_INT(async_loop_close(&loop), 0);
}

/* SEM M-19 */
static void test_timeout_without_task(void)
{
    check_named(timeout_in_main);
    CHECK_INT(async_timeout_reschedule(&limit, 5), ASYNC_ERR_RUNTIME);
}

/* SEM M-19 TG-12 */
static void test_taskgroup_without_parent_task(void)
{
    check_named(group_in_main);
    CHECK_INT(async_taskgroup_create_task(&group, &children[1],
                                          WORKER(1, .delay = 0)),
              ASYNC_ERR_RUNTIME);
}

static const struct test tests[] = {
    TEST(mistakes),
    TEST(test_timeout_without_task),
    TEST(test_taskgroup_without_parent_task),
};
TEST_MAIN(tests)
