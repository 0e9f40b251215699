/* The threads of port/posix_executor.h: a file of its own, so that only who
 * uses them has to link with -pthread. */
#include "../include/async.h"

#if ASYNC_HOSTED
#include "../include/async/detail/posix_executor_impl.h"
#else
typedef int async_no_threads_here;
#endif
