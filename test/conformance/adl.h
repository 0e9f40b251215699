/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/**
 * @file
 * An interpreter for ADL, a small language for random asyncio programs, on
 * nanoasync's public API. Its traces are compared byte for byte with those of
 * CPython's asyncio.
 *
 *   parse.c       source text -> struct program
 *   machine.c     runs a body: a stack of open blocks and how each part ended
 *   flow.c        statements that change what runs next
 *   statements.c  statements on tasks, futures and handles
 *   awaits.c      the coroutine that runs a coro, and what it can await
 *   generators.c  the same for a gen, and the statements that drive one
 *   agens.c       the same for an agen, and the statements that ask one
 *   sync.c        locks, events, conditions, semaphores, barriers
 *   queues.c      queues and the executor
 *   composition.c gather, wait, as_completed, shield, wait_for
 *   scopes.c      with, timeout, group
 *   driver.c      main, shutdown
 *
 * To add a statement: write its functions and a row in the table at the end of
 * the file they are in.
 */
#ifndef ADL_H_INCLUDED
#define ADL_H_INCLUDED

#include <async.h>

#include <stdbool.h>
#include <stddef.h>

/* -- Values and results ---------------------------------------------------- */

enum value_kind { VALUE_NONE, VALUE_INT, VALUE_BOOL, VALUE_ERROR, VALUE_LIST };

struct value {
    enum value_kind kind;
    long number; /* an error code for VALUE_ERROR, the length for VALUE_LIST */
    const struct value *items;
};

enum result_kind {
    RESULT_OK,
    RESULT_SKIP,  /* the slot was empty */
    RESULT_VALUE, /* =V */
    RESULT_STOP,  /* stop=V */
    RESULT_TEXT,  /* as it stands */
    RESULT_STATE, /* of a future */
    RESULT_ERROR, /* !E */
    RESULT_TRACED /* the statement has written its own lines, or has none */
};

struct future;

struct result {
    enum result_kind kind;
    struct value value; /* VALUE, STOP; ERROR: a VALUE_ERROR */
    const char *text;
    const struct future *future;
};

struct value value_none(void);
struct value value_int(long number);
struct value value_bool(bool truth);
struct value value_error(int error);
struct value value_list(const struct value *items, long count);
struct result result_of(enum result_kind kind);
struct result result_value(struct value value);
struct result result_error(int error);
/* A text made as by printf(). */
struct result result_format(const char *format, ...)
    __attribute__((format(printf, 1, 2)));

/* -- Programs -------------------------------------------------------------- */

enum { SLOTS = 64, MAX_ARGS = 4, MAX_ITEMS = 64, USER_ERRORS = 10 };

/* What Python's `except Exception` catches; a group of errors may hold one that
 * it does not. */
bool is_exception(int error);

/* AttributeError: an action has no current task, a generator it drives may
 * still ask for it. */
enum { ERROR_NO_TASK = -200 };

struct def;
struct op;

/* An argument: `number` is a slot, an integer or an error; `def` is what a
 * name stands for. Its kinds are listed in parse.c. */
struct arg {
    char kind; /* 0: left out */
    long number;
    const char *word;
    const struct def *def;
};

enum part_kind {
    PART_BODY,
    PART_EXCEPT,
    PART_ELSE,
    PART_FINALLY,
    PARTS,
    PART_LEFT = PARTS /* no part: its way out has waited */
};

/* One part of a block; line 0: the block has no such part. */
struct part {
    const struct stmt *first;
    int line;
};

enum spec { SPEC_EXC, SPEC_ALL, SPEC_CANCEL, SPEC_TIMEOUT, SPEC_USER };

struct stmt {
    const struct op *op;
    const char *text;
    int line, end_line;
    bool quiet;
    struct arg args[MAX_ARGS];
    struct arg *items; /* the list that ends the statement */
    int item_count;
    const struct stmt *action; /* of soon, later, at, irq */
    const struct stmt *next;   /* in the same part */
    struct part parts[PARTS];
    enum spec spec; /* what EXCEPT catches */
    int spec_error; /* for SPEC_USER */
    const char *spec_text;
};

enum def_kind { DEF_CORO, DEF_GEN, DEF_AGEN };

struct def {
    const char *name;
    enum def_kind kind;
    const struct stmt *first;
    int depth; /* most blocks open at once */
    struct def *next;
};

struct program {
    const struct stmt *decls;
    struct def *defs;
};

/* Reads a program; prints the error and exits with status 2 if it cannot. */
void parse(struct program *program, const char *path);

/* -- Running a body -------------------------------------------------------- */

enum how { ENDED, RAISED, RETURNED };

/* How a part or a body ended. */
struct completion {
    enum how how;
    int error;
    struct value value;
};

struct block {
    const struct stmt *stmt; /* 0: the body of the whole frame */
    const struct stmt *next; /* statement to run next */
    enum part_kind part;
    long rounds;               /* of a loop, left */
    void *object;              /* what the block is about */
    int handled;               /* error that EXCEPT caught */
    struct completion pending; /* what FINALLY or LEFT goes on with */
};

enum wait_kind {
    WAIT_NOTHING,
    WAIT_OPERATION,
    WAIT_FUTURE,
    WAIT_TASK,
    WAIT_CORO,
    WAIT_YIELD, /* generators: hand out `value`; gets what was sent */
    WAIT_FROM   /* generators: yield from `coro` */
};

/* What the frame awaits, and then what came of it. */
struct wait {
    enum wait_kind kind;
    const struct stmt *stmt; /* 0: on the way out of a block */
    async_op_t operation;
    async_future_t *future;
    async_task_t *task;
    async_coro_t *coro;
    struct machine *child;       /* whose result a call waits for */
    const struct future *target; /* whose result an await waits for */
    void *object;                /* what else `finish` needs */
    struct value value;
    int status;
};

struct machine {
    const struct def *def;
    const char *who; /* name.instance */
    struct block *blocks;
    int depth; /* open blocks */
    bool dead; /* a generator that runs no more: it ends without a trace */
    struct wait wait;
    struct completion end;
};

/* One statement while it runs. */
struct step {
    const struct stmt *stmt;
    struct machine *machine; /* 0 in a callback */
    struct result result;
};

/* The public face of a statement. `start` runs it or fills machine->wait, and
 * then `finish` gets wait.status; both return 0 or the error raised. `finish`
 * may fill machine->wait again. `leave`
 * belongs to blocks: told how a part ended, it goes on inside (false) or
 * changes `how` to what the block ends with (true). If it fills machine->wait
 * instead (false), it is called again after the wait, with the part LEFT.
 * A declaration is a statement that runs before everything else. */
struct op {
    const char *name;
    const char *args;
    unsigned flags;
    int (*start)(struct step *step);
    int (*finish)(struct step *step);
    bool (*leave)(struct machine *machine, struct block *block,
                  struct completion *how);
};

/* What `start` of `return` returns; the value is in the result. */
#define STATUS_RETURN 1

#define IN_CORO 1u
#define IN_GEN 2u
#define IN_AGEN 4u
#define IN_ACTION 8u
#define IN_DECL 16u
#define IS_BLOCK 32u
#define IN_ASYNC (IN_CORO | IN_AGEN) /* whatever awaits */
#define IN_BODY (IN_ASYNC | IN_GEN)
#define IN_ALL (IN_BODY | IN_ACTION)

const struct op *op_find(const char *name);

void machine_begin(struct machine *machine);
bool machine_run(struct machine *machine);    /* true: it waits */
void machine_resume(struct machine *machine); /* the wait is over */
int machine_end(struct machine *machine);     /* status of the coroutine */

/* For `start` and `leave`. */
struct block *machine_open(struct machine *machine, const struct stmt *stmt);
void machine_enter(struct block *block, enum part_kind part);

/* Writes the line of a block that is over, none if it was left by `return`. */
void trace_end(const struct machine *machine, const struct stmt *stmt,
               const struct completion *how);

/* For a block's `finish`: what opened it may have failed. Returns the open
 * block, or 0 after writing its last line. */
struct block *block_entered(struct step *step, int status);

/* Runs an action in a callback; its status is the callback's. */
int run_action(const struct stmt *action);

/* -- Objects --------------------------------------------------------------- */

/* A slot T or F, or something that a statement is about. */
struct future {
    async_future_t *future; /* &own.future, &task->future, or elsewhere */
    ASYNC_FUTURE(struct value) own;
    async_child_t child;     /* where a task is */
    async_task_t *task;      /* &child.task, else 0 */
    struct machine *machine; /* of a task or coroutine, else 0 */
    struct future **members; /* of a gather, a shield, ..., else 0 */
    long count;
    bool listed;           /* its value is a list of the members' values */
    struct future *newer;  /* tasks: see task_note() */
    struct watch *watches; /* done callbacks */
};

struct watch {
    async_callback_t callback;
    struct future *future;
    long number;
    struct watch *next;
};

/* A slot H. */
struct timer {
    async_timer_t timer;
    const struct stmt *action;
};

struct generator; /* generators.c */
struct lock;      /* sync.c */
struct event;
struct condition;
struct semaphore;
struct barrier;
struct queue; /* queues.c */
struct agen;  /* agens.c */
struct limit; /* scopes.c: a Timeout */
struct group;

struct slots {
    struct future *tasks[SLOTS];
    struct future *futures[SLOTS];
    struct timer *timers[SLOTS];
    struct generator *generators[SLOTS];
    struct lock *locks[SLOTS];
    struct event *events[SLOTS];
    struct condition *conditions[SLOTS];
    struct semaphore *semaphores[SLOTS];
    struct barrier *barriers[SLOTS];
    struct queue *queues[SLOTS];
    struct agen *agens[SLOTS];
    struct limit *limits[SLOTS];
    struct group *groups[SLOTS];
    long variables[SLOTS];
};

/* Makes the object of a coroutine, which gets the next instance number. */
async_coro_t *coro_new(const struct def *def, struct machine **machine);
const struct machine *coro_machine(const void *frame);
void machine_init(struct machine *machine, const struct def *def);

struct future *task_new(const struct def *def);
struct future *coro_item_new(const struct def *def, async_coro_t **coro);
int task_start(struct future *future, async_coro_t *coro);
void task_note(struct future *future);
async_delay_t delay_of(const struct arg *arg); /* a number or `none` */
struct future *future_new(void);
struct value future_value(const struct future *future);
struct future *future_slot(const struct arg *arg); /* T or F; 0: empty */

/* Makes tasks that close the asynchronous generators that have begun and are
 * not finished, in the order in which they were made. Returns how many. */
size_t close_agens(async_awaitable_t **tasks);

/* For `with` on a slot L, C, S or B (sync.c): fills `wait` with what it waits
 * for, false if the slot is empty; and undoes that, 0 or an error. */
bool sync_enter(const struct arg *arg, struct wait *wait);
int sync_leave(const struct arg *arg);

/* -- The run --------------------------------------------------------------- */

struct adl {
    async_loop_t loop;
    async_sim_t sim;
    async_tick_t start; /* time 0 of the program */
    struct slots slots;
    int instances;
    const char *newest; /* name of the last one */
    long lines, limit;
    bool eager;           /* tasks begin at once */
    struct future *tasks; /* all tasks, in the order of task_note() */
};

extern struct adl adl;

/* Prints the members of a group of errors. */
void print_group(int error);
void print_error(int error);

void trace(const char *who, int line, const char *text,
           const struct result *result);
void trace_ok(const char *who, int line, const char *text);
void trace_error(const char *who, int line, const char *text, int error);

/* Memory that lives until the end of the program, all zero. */
void *arena_new(size_t size);
char *arena_text(const char *start, size_t length);
#define NEW(type) ((type *)arena_new(sizeof(type)))

/* Frees everything and ends the program. */
void finish(int status) __attribute__((noreturn));
void fail(const char *path, int line, const char *message, const char *word)
    __attribute__((noreturn));

#endif
