/*
 * The boundary to C for processors without a guarded call of their own (see boundary.rs): the record of where errors jump
 * to is a jmp_buf. The only Rust frames that are ever jumped over are those of `raise` and what called it, which hold
 * nothing.
 */

#include <setjmp.h>
#include <stddef.h>

struct outcome {
    size_t result, thrown;
};

typedef size_t (*foreign)(size_t, size_t, size_t, size_t);

/* Calls f(a, b, c, d) with its record in *record, and puts the former one back afterwards. */
struct outcome relua_enter(foreign f, size_t a, size_t b, size_t c, size_t d, void **record) {
    jmp_buf here;
    void *const before = *record;
    volatile struct outcome outcome = {0, 0};
    int thrown = _setjmp(here);
    if (thrown == 0) {
        *record = &here;
        outcome.result = f(a, b, c, d);
    } else {
        outcome.thrown = (size_t)thrown;
    }
    *record = before;
    return (struct outcome){outcome.result, outcome.thrown};
}

/* Makes the call whose record this is return the error `thrown`, which is not 0. */
void relua_leave(void *record, size_t thrown) {
    _longjmp(*(jmp_buf *)record, (int)thrown);
}
