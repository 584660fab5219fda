-- Control structures, scopes, attribs, assignments, calls.
local load = _VERSION == "Lua 5.1" and loadstring or load
local unpack = unpack or table.unpack

-- check: if chains
for i = 1, 5 do
  if i == 1 then io.write "one " elseif i == 2 then io.write "two " elseif i > 4 then io.write "big " else io.write "else " end
end
print()
-- check: while and repeat
local i = 0
while i < 5 do i = i + 1; if i == 4 then break end end
print(i)
repeat local done = i >= 10; i = i + 3 until done
print(i)
-- check: repeat with upvalue in condition
local fs = {}
local n = 0
repeat local x = n; fs[#fs + 1] = function() x = x + 1; return x end; n = n + 1 until x >= 3
print(#fs, fs[1](), fs[1](), fs[4](), fs[2]())
-- check: break out of nested loops
for i = 1, 3 do
  for j = 1, 3 do
    if j == 2 then break end
    io.write(i, ":", j, " ")
  end
end
print()
-- check: goto continue
-- versions: 5.2+
for i = 1, 5 do
  if i % 2 == 0 then goto continue end
  io.write(i, " ")
  ::continue::
end
print()
-- check: goto backwards
-- versions: 5.2+
do
  local i = 1
  ::top::
  io.write(i, " ")
  i = i + 1
  if i <= 4 then goto top end
  print()
end
-- check: goto out of blocks closes upvalues
-- versions: 5.2+
local fs = {}
do
  local k = 0
  ::again::
  local x = k
  fs[#fs + 1] = function() x = x + 10; return x end
  k = k + 1
  if k < 3 then goto again end
end
print(fs[1](), fs[1](), fs[2](), fs[3]())
-- check: goto to a label at the end of a block
-- versions: 5.2+
do
  goto done
  local x = 1
  ::done::
end
do goto l1; local a; ::l1:: ; end
print "reached"
-- check: nested labels of the same name in functions
-- versions: 5.2+
local function f() goto x; do print "skipped" end ::x:: return "f" end
do goto x; ::x:: end
do goto x; ::x:: end
print(f())
-- check: goto into an enclosing loop
-- versions: 5.2+
for i = 1, 2 do
  for j = 1, 2 do
    if j == 2 then goto next end
    io.write(i, j, " ")
  end
  ::next::
end
print()
-- check: state machine with goto
-- versions: 5.2+
local input, pos, out = "aabca", 1, {}
::start::
local c = input:sub(pos, pos)
pos = pos + 1
if c == "a" then goto a elseif c == "b" then goto b elseif c == "" then goto finish else goto other end
::a:: out[#out + 1] = "A" goto start
::b:: out[#out + 1] = "B" goto start
::other:: out[#out + 1] = "?" goto start
::finish::
print(table.concat(out))
-- check: multiple assignment
local a, b, c = 1, 2
print(a, b, c)
a, b = b, a
print(a, b)
local t = {}
local i = 1
i, t[i] = i + 1, 20
print(i, t[1], t[2])
a, b, c = (function() return 1, 2, 3 end)()
print(a, b, c)
a, b, c = (function() return 1, 2, 3 end)(), 10
print(a, b, c)
a, b, c = 0, (function() return 1, 2, 3 end)()
print(a, b, c)
a, b = ((function() return 1, 2 end)())
print(a, b)
-- check: assignment evaluates before it assigns
local a = {1, 2, 3}
local i = 1
i, a[i], a[i + 1] = 3, "x", "y"
print(i, a[1], a[2], a[3])
local t = {}
t.x, t = 1, {}
print(t.x)
do local a = {}; local b = a; a.x, a = 5, nil; print(b.x, a) end
-- check: local scopes
local x = 1
do local x = x + 1; do local x = x + 1; io.write(x, " ") end io.write(x, " ") end
print(x)
local x = x; x = x + 5
print(x)
-- check: local function recursion
local function fact(n) return n <= 1 and 1 or n * fact(n - 1) end
print(fact(20), fact(21))
local f = function(n) return f end
print(f())
-- check: closures in loops
-- versions: 5.1-5.4
local fs = {}
for i = 1, 3 do fs[i] = function() i = i + 1; return i end end
print(fs[1](), fs[1](), fs[2](), fs[3]())
for k, v in pairs { x = 1 } do fs[k] = function() return k, v end end
print(fs.x())
local n = 0
while n < 2 do n = n + 1; local m = n; fs[n] = function() m = m * 2; return m end end
print(fs[1](), fs[1](), fs[2]())
-- check: closures share upvalues
local function pair() local n = 0; return function() n = n + 1; return n end, function() n = n * 10; return n end end
local inc, mul = pair()
print(inc(), mul(), inc())
local inc2 = pair()
print(inc2(), inc())
-- check: upvalues of upvalues
local function outer()
  local x = 0
  return function() return function() return function() x = x + 1; return x end end end
end
local mid = outer()
print(mid()()(), mid()()(), outer()()()())
-- check: constants
-- versions: 5.4+
local K <const> = 42
local S <const> = "text"
local N <const> = nil
local F <const> = 1.5
local B <const> = false
print(K, S, N, F, B, K + 1, S .. "!", -K, not B, (function() return K, S, N, F, B end)())
local T <const> = {}
T.x = 1
print(T.x)
-- check: constants fold
-- versions: 5.4+
local A <const> = 10
local Bb <const> = A * 2 + 1
print(Bb, A // 3, A & 6, -A, ~A, A == 10, A < 5, ({[A] = "v"})[10])
for i = A, A + 2 do io.write(i, " ") end
print()
-- check: varargs
local function f(...) return select("#", ...), ... end
print(f())
print(f(nil))
print(f(nil, nil))
print(f(1, nil, 3))
print((f(1, 2)))
local function g(a, ...) local b, c = ...; return a, b, c end
print(g(1), g(1, 2, 3, 4))
print(select(-1, 1, 2, 3), select(2, "a", "b", "c"))
local function h(...) return {...}, {n = select("#", ...), ...} end
local x, y = h(1, nil, 3)
print(x[1], x[2], x[3], y.n)
-- check: varargs in the main chunk
print(select("#", ...), ...)
local f = load "return ..."
print(f(1, 2, 3))
print(load("local a, b = ...; return b, a")(1, 2))
-- check: many varargs
local t = {}
for i = 1, 250 do t[i] = i end
local function count(...) return select("#", ...) end
print(count(unpack(t)), (select(200, unpack(t))))
local function pass(...) return ... end
print(#{pass(unpack(t))}, select("#", pass(pass(pass(unpack(t))))))
-- check: vararg adjusted in the middle
local function f(...) return ... end
print(f(1, 2), f(3, 4))
print((f(1, 2)), (f(3, 4)))
print(({f(1, 2), f(3, 4)})[3], #{f(1, 2), f(3, 4)}, #{f(1, 2), (f(3, 4))})
-- check: string and table call arguments
local function f(x) return type(x), type(x) == "table" and #x or x end
print(f "s", f [[long]], f { 1, 2, 3 })
local o = { m = function(self, x) return self.v, x end, v = 7 }
print(o:m "arg", (o:m { 1 }))
-- check: method definitions
local o = { a = { b = {} } }
function o.f(x) return x end
function o:g(x) return self == o, x end
function o.a.b.h(x) return x * 2 end
function o.a.b:k() return self == o.a.b end
print(o.f(1), o:g(2), o.a.b.h(3), o.a.b:k())
-- check: tail calls do not grow the stack
local function loop(n) if n == 0 then return "done" end return loop(n - 1) end
print(loop(1000000))
local function even(n) if n == 0 then return true end return odd(n - 1) end
function odd(n) if n == 0 then return false end return even(n - 1) end
print(even(100001))
-- check: tail calls of methods and builtins
local o = {}
function o:m(n) if n == 0 then return self == o end return self:m(n - 1) end
print(o:m(100000))
local function f(...) return select("#", ...) end
print(f(1, 2, 3), (function(...) return f(...) end)(1, nil))
print((function() return tostring(12) end)(), (function() return pcall(error, "x") end)())
-- check: to-be-closed variables close in reverse
-- versions: 5.4+
local function closer(name) return setmetatable({}, { __close = function(_, e) print("close", name, e) end }) end
do
  local a <close> = closer "a"
  local b <close> = closer "b"
  local c <close> = nil
  local d <close> = false
  print "body"
end
print "after"
-- check: close at break, goto and return
-- versions: 5.4+
local function closer(name) return setmetatable({}, { __close = function() print("close", name) end }) end
for i = 1, 2 do
  local x <close> = closer("loop " .. i)
  if i == 2 then break end
end
do
  local n = 0
  ::top::
  local x <close> = closer("goto " .. n)
  n = n + 1
  if n < 3 then goto top end
end
local function f() local x <close> = closer "return"; return "result", 2 end
print(f())
local function g() local x <close> = closer "tail"; return f() end
print(g())
-- check: close at errors
-- versions: 5.4+
local function closer(name) return setmetatable({}, { __close = function(_, e) print("close", name, e) end }) end
print(pcall(function()
  local a <close> = closer "a"
  local b <close> = closer "b"
  error("oops", 0)
end))
print(pcall(function()
  local a <close> = closer "a"
  local b <close> = setmetatable({}, { __close = function(_, e) print("b got", e); error("from b", 0) end })
  local c <close> = setmetatable({}, { __close = function(_, e) print("c got", e); error("from c", 0) end })
  error("first", 0)
end))
-- check: error in close without other error
-- versions: 5.4+
print(pcall(function()
  local a <close> = setmetatable({}, { __close = function(_, e) print("a", e) end })
  local b <close> = setmetatable({}, { __close = function(_, e) error("b failed") end })
  return 1, 2, 3
end))
-- check: values that cannot be closed
-- versions: 5.4+
print(pcall(function() local x <close> = {} end))
print(pcall(function() local x <close> = 42 end))
print(pcall(function() local named <close> = "text" end))
print(pcall(function() local x <close> = setmetatable({}, {}) end))
print(pcall(function() local x <close> = setmetatable({}, { __close = 5 }) end))
-- check: metamethod of close removed later
-- versions: 5.4+
print(pcall(function()
  local x <close> = setmetatable({}, { __close = print })
  setmetatable(x, nil)
end))
print(pcall(function()
  local mt = { __close = print }
  local x <close> = setmetatable({}, mt)
  mt.__close = nil
end))
-- check: close in generic for
local function closer(name) return setmetatable({}, { __close = function(_, e) print("close", name, e) end }) end
local function each(n) local i = 0; return function() i = i + 1; if i <= n then return i end end, nil, nil, closer "for" end
for i in each(2) do print(i) end
for i in each(5) do if i == 2 then break end print(i) end
print(pcall(function() for i in each(3) do error("in loop " .. i, 0) end end))
print(pcall(function() for i in print, nil, nil, {} do end end))
print((function() for i in each(3) do return i end end)())
-- check: close with upvalues captured
-- versions: 5.4+
local function closer(f) return setmetatable({}, { __close = f }) end
local log = {}
do
  local x = 1
  local c <close> = closer(function() log[#log + 1] = x end)
  x = 2
  log[#log + 1] = "body"
end
print(table.concat(log, " "))
-- check: close in tail position of pcall and xpcall
-- versions: 5.4+
local function closer(name) return setmetatable({}, { __close = function(_, e) print("close", name, e) end }) end
print(xpcall(function() local a <close> = closer "x"; error({ code = 7 }) end, function(e) return e.code end))
print(pcall(function() local a <close> = closer "y"; local t = nil; t.x = 1 end))
-- check: close receives the error object
-- versions: 5.4+
local e = setmetatable({}, { __tostring = function() return "object" end })
print(pcall(function()
  local a <close> = setmetatable({}, { __close = function(_, err) print(err == e) end })
  error(e)
end))
-- check: several results kept while closing
-- versions: 5.4+
local function closer() return setmetatable({}, { __close = function() return "ignored", "too" end }) end
local function f(...) local a <close> = closer(); local b <close> = closer(); return ... end
print(f(1, 2, 3, nil, 5, nil))
print(select("#", f()), (f(9)))
-- check: generic for with various iterators
for k, v in next, { 10 } do print(k, v) end
for w in ("one two"):gmatch "%a+" do io.write(w, ";") end
print()
for a, b, c in (function() local n = 0; return function(s, v) n = n + 1; if n < 3 then return n, s, v end end end)(), "state", "start" do print(a, b, c) end
for x in setmetatable({}, { __call = function(self, s, v) v = (v or 0) + 1; if v <= 3 then return v end end }) do io.write(x, " ") end
print()
-- check: numeric for with strings is an error with position
print(pcall(load("local a = 1\nfor i = a, 'x' do end", "=c")))
-- check: long chains of concatenation and logic
local t = {}
for i = 1, 100 do t[i] = "'" .. i .. "'" end
print(#load("return " .. table.concat(t, " .. "))())
for i = 1, 100 do t[i] = tostring(i) end
print(load("return " .. table.concat(t, " and "))(), load("return " .. table.concat(t, " or "))())
-- check: logical operators as values
local function v(...) io.write(tostring((...)), " ") end
v(nil and 1) v(false and 1) v(0 and 1) v("" and 1) v(nil or 1) v(false or nil) v(false or false) v(1 or error()) v(nil and error())
v(not nil) v(not 0) v(1 == 1 and "yes" or "no") v((1 > 2) and "yes" or "no") v(not (1 > 2 or 3 > 2)) v(nil == false)
print()
local a, b = nil, 5
print(a and b, b and a, a or b, b or a, not a and b, a and b or "c", (a or b) and "d", not (a and b), a == nil and b ~= nil)
-- check: comparison results stored
local a, b = 1, 2
local lt, le, eq, ne = a < b, b <= a, a == b, a ~= b
print(lt, le, eq, ne, not (a < b), a < b and b < 3, a > b or b > 5)
-- check: large jumps
local t = { "local x = 0", "for i = 1, 2 do" }
for i = 1, 20000 do t[#t + 1] = "x = x + " .. i end
t[#t + 1] = "end"
t[#t + 1] = "return x"
print(load(table.concat(t, "\n"))())
-- check: many constants
local t = { "local t = {}" }
for i = 1, 70000 do t[#t + 1] = "t[" .. i .. "] = '" .. "k" .. i .. "'" end
t[#t + 1] = "return t[1], t[255], t[256], t[65536], t[70000], #t"
print(load(table.concat(t, "\n"))())
-- check: many constants in fields and globals
local t = {}
for i = 1, 600 do t[#t + 1] = "g" .. i .. " = " .. i .. ".5" end
t[#t + 1] = "local r = {} ; r.f1 = g1; r.f600 = g600; r.g1 = 'x' ; return g1, g300, g600, r.f1, r.f600, r:m300()"
print(pcall(load(table.concat(t, "\n"), "=many")))
-- check: large table constructors
local t = {}
for i = 1, 100000 do t[i] = i end
local r = load("return {" .. table.concat(t, ",") .. "}")()
print(#r, r[1], r[50], r[51], r[100000])
for i = 1, 1000 do t[i] = "f" .. i .. "=" .. i end
local r = load("return {" .. table.concat(t, ",", 1, 1000) .. "}")()
print(r.f1, r.f1000)
-- check: negative and large immediate values
-- versions: 5.3+
local x = 100
print(x + 127, x + 128, x - 127, x - 128, x - 129, x + 1000000, x * 255, x & 255, x | 256, x == 127, x == 128, x == -129, x < 32767, x < 65536, x < 40000)
local f = 2.0
print(f + 127, f - 128, f * 3, f / 4, f ^ 2, f // 1, f % 2, f == 2, f < 3, 3 > f, f ~= 2.0)
-- check: comments and long strings
--[[ multi
line ]] print "after comment"
--[==[ ]] ]==] print [==[
first newline dropped ]] ]=] kept]==]
print(#[[

x]], [[a\nb]], #"\z   x")
---[[ a line comment
print "ran"
--]]
-- check: escapes in strings
-- versions: 5.4+
print(("\a\b\f\n\r\t\v\\\"\'"):byte(1, -1))
print("\65\066\x43\u{44}\u{20AC}\u{7FFFFFFF}", #"\u{7FFFFFFF}", "a\z
       b", "line\
next", #"\0\00\000", '\'', "\"")
-- check: semicolons everywhere
-- versions: 5.2+
;;; local a = 1; ; do ; end ; print(a) ; ;
-- check: ambiguous newline call
-- versions: 5.2+
local t = {}
local f = function(x) t[#t + 1] = x; return f2 end
f2 = f
f
(1)
f
{ 2 }
f
"3"
print(#t, t[1], t[2][1], t[3])
-- check: nested functions and recursion depth
-- versions: 5.2+
local function depth(n) if n == 0 then return 0 end return 1 + depth(n - 1) end
print(depth(10000), depth(150000))
-- check: integer keys in constructors override
print(({ 1, 2, [1] = "x", [2] = "y" })[1], ({ [1] = "x", "a" })[1], #{ 1, 2, nil, 4 } >= 2, #{ n = 1 }, #{ nil }, #{ nil, nil, 3 } % 3)
