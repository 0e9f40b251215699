/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* An AWAIT inside a `switch` of the user's own. Its resume point belongs to
 * that switch, so the coroutine cannot find it: the program must stop with a
 * message at the next step, not go on somewhere. With ASYNC_LABELS it works. */
#include <async.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

struct chooser {
    ASYNC_FRAME;
    unsigned kind; /* of an int, compilers warn or refuse */
    int steps;
};
ASYNC_DEF(chooser)
{
    ASYNC_BEGIN;
    switch (self->kind) {
    case 1:
        self->steps++;
        AWAIT(async_pause());
        self->steps++;
        break;
    default:
        break;
    }
    self->steps++;
    ASYNC_END;
}

/* Returns the exit status; writes the message to `out`. */
static int run(unsigned kind, int out)
{
    static struct chooser chooser;
    async_driver_t driver;
    int status = async_driver_init(
        &driver, ASYNC_CALL(chooser, &chooser, .kind = kind));
    (void)dup2(out, STDERR_FILENO);
    while (status == 0 && async_drive(&driver) == ASYNC_PENDING) {
    }
    return chooser.steps;
}

static int expect(unsigned kind, bool trap, int steps)
{
    char text[256];
    size_t length = 0;
    ssize_t got;
    int ends[2], status = 0;
    pid_t child;
    if (pipe(ends) != 0 || (child = fork()) < 0) {
        return 1;
    }
    if (child == 0) {
        _exit(run(kind, ends[1]));
    }
    (void)close(ends[1]);
    while (length + 1 < sizeof text &&
           (got = read(ends[0], text + length, sizeof text - 1 - length)) > 0) {
        length += (size_t)got;
    }
    text[length] = '\0';
    (void)close(ends[0]);
    (void)waitpid(child, &status, 0);
    printf("kind %u: status %d, says: %s\n", kind, status, text);
    if (!trap) {
        return !WIFEXITED(status) || WEXITSTATUS(status) != steps;
    }
    return !WIFSIGNALED(status) || WTERMSIG(status) != SIGABRT ||
           strstr(text, async_misuse_text(ASYNC_MISUSE_RESUME_POINT)) == NULL;
}

int main(void)
{
    int failed = expect(0, false, 1);
    failed += expect(1, !ASYNC_LABELS, 3);
    return failed;
}
