/*
 * The mathematical library, loaded when the first of its functions is called.
 *
 * It would be the larger of the two libraries that we depend on, after the C library itself: loading it takes 350 KB of
 * every process and a tenth of a millisecond, and most programs call none of its functions. So the shared library does
 * not name it among those it needs; the functions that it imports from it are defined here, hidden, and each passes
 * its calls on through a pointer that the first call sets. The static library leaves libm to the program's own link.
 *
 * Modules in C are loaded after libm: some were never linked to it and count on the interpreter for that.
 *
 * For the C library of GNU, where libm is a library of its own with a known name (Makefile, LATE_LIBM).
 */

#include <dlfcn.h>
#include <gnu/lib-names.h>
#include <stdio.h>
#include <stdlib.h>

/* `dlopen` itself; the library's calls of it come to the function of that name below (ld's option --wrap). */
extern void *__real_dlopen(const char *path, int mode);

/* As global as if we were linked to it. */
static void *libm(void) {
    return __real_dlopen(LIBM_SO, RTLD_LAZY | RTLD_GLOBAL);
}

/* Without libm there is no way on, as at the start of a program whose libraries are missing. */
static void *function(const char *name) {
    void *library = libm();
    void *found = library == NULL ? NULL : dlsym(library, name);
    if (found == NULL) {
        fprintf(stderr, "%s\n", dlerror());
        abort();
    }
    return found;
}

/* Several threads may set the same pointer at the same time: to the same value. */
#define PASS_ON(name, parameters, arguments)                                           \
    static double first_##name parameters;                                             \
    static double(*later_##name) parameters = first_##name;                            \
    static double first_##name parameters {                                            \
        double(*found) parameters = (double(*) parameters)function(#name);             \
        __atomic_store_n(&later_##name, found, __ATOMIC_RELAXED);                      \
        return found arguments;                                                        \
    }                                                                                  \
    double name parameters {                                                           \
        return __atomic_load_n(&later_##name, __ATOMIC_RELAXED) arguments;             \
    }

#define PASS_ON_1(name) PASS_ON(name, (double x), (x))
#define PASS_ON_2(name) PASS_ON(name, (double x, double y), (x, y))

PASS_ON_1(acos)
PASS_ON_1(asin)
PASS_ON_1(atan)
PASS_ON_2(atan2)
PASS_ON_1(cos)
PASS_ON_1(cosh)
PASS_ON_1(exp)
PASS_ON_1(log)
PASS_ON_1(log10)
PASS_ON_1(log2)
PASS_ON_2(pow)
PASS_ON_1(sin)
PASS_ON_1(sinh)
PASS_ON_1(tan)
PASS_ON_1(tanh)

void *__wrap_dlopen(const char *path, int mode) {
    libm();
    return __real_dlopen(path, mode);
}
