/*
 * The functions of the API that take `...` or a `va_list`, which stable Rust cannot define.
 *
 * Nothing is decided here: formats are read in Rust (format.rs), which asks for the arguments one by one through
 * `relua_next_argument`. Errors leave the functions below by a jump, which is fine for C frames.
 */
#include <limits.h>
#include <stdarg.h>
#include <stddef.h>

typedef struct lua_State lua_State;

/* The arguments not yet read. */
struct relua_arguments {
  va_list list;
};

/* In format.rs. */
extern const char *relua_push_format(lua_State *L, const char *format, struct relua_arguments *arguments);
extern int relua_error_format(lua_State *L, const char *format, struct relua_arguments *arguments);
/* In gc.rs. */
extern int relua_gc(lua_State *L, int what, int a, int b, int c);

union relua_argument {
  const void *pointer;
  long long integer;
  double number;
};

/* Reads the next argument as conversion `kind` of lua_pushfstring wants it. */
void relua_next_argument(struct relua_arguments *arguments, int kind, union relua_argument *out) {
  switch (kind) {
    case 'd':
    case 'c':
      out->integer = va_arg(arguments->list, int);
      break;
    case 'I':
      out->integer = va_arg(arguments->list, long long);
      break;
    case 'U':
      out->integer = (long long)va_arg(arguments->list, unsigned long);
      break;
    case 'f':
      out->number = va_arg(arguments->list, double);
      break;
    default:
      out->pointer = va_arg(arguments->list, const void *);
      break;
  }
}

const char *lua_pushvfstring(lua_State *L, const char *format, va_list list) {
  struct relua_arguments arguments;
  const char *text;
  va_copy(arguments.list, list);
  text = relua_push_format(L, format, &arguments);
  va_end(arguments.list);
  return text;
}

const char *lua_pushfstring(lua_State *L, const char *format, ...) {
  struct relua_arguments arguments;
  const char *text;
  va_start(arguments.list, format);
  text = relua_push_format(L, format, &arguments);
  va_end(arguments.list);
  return text;
}

int luaL_error(lua_State *L, const char *format, ...) {
  struct relua_arguments arguments;
  int never;
  va_start(arguments.list, format);
  never = relua_error_format(L, format, &arguments);
  va_end(arguments.list);
  return never;
}

#if LUA_VERSION_NUM >= 505
/* One size or two numbers follow `what`. */
int lua_gc(lua_State *L, int what, ...) {
  va_list list;
  int a = 0, b = 0;
  va_start(list, what);
  if (what == 5) { /* LUA_GCSTEP */
    size_t bytes = va_arg(list, size_t);
    a = bytes > INT_MAX ? (ptrdiff_t)bytes < 0 ? 0 : INT_MAX : (int)bytes;
  } else if (what == 9) { /* LUA_GCPARAM */
    a = va_arg(list, int);
    b = va_arg(list, int);
  }
  va_end(list);
  return relua_gc(L, what, a, b, 0);
}
#elif LUA_VERSION_NUM >= 504
/* Up to three numbers follow `what`; which are read depends on it. */
int lua_gc(lua_State *L, int what, ...) {
  va_list list;
  int count, a = 0, b = 0, c = 0;
  switch (what) {
    case 5: /* LUA_GCSTEP */
    case 6: /* LUA_GCSETPAUSE */
    case 7: /* LUA_GCSETSTEPMUL */
      count = 1;
      break;
    case 10: /* LUA_GCGEN */
      count = 2;
      break;
    case 11: /* LUA_GCINC */
      count = 3;
      break;
    default:
      count = 0;
      break;
  }
  va_start(list, what);
  if (count >= 1) a = va_arg(list, int);
  if (count >= 2) b = va_arg(list, int);
  if (count >= 3) c = va_arg(list, int);
  va_end(list);
  return relua_gc(L, what, a, b, c);
}
#endif
