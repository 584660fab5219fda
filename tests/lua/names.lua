-- Runtime errors that name the variable, field, constant, upvalue or function they are about.
local load = _VERSION == "Lua 5.1" and loadstring or load
local function try(text, ...)
  local chunk, trouble = load(text, "=chunk")
  if not chunk then print("does not compile", trouble) return end
  print(pcall(chunk, ...))
end

-- check: index a nil global
try "return a.b"
try "return a.b.c"
try "a.b = 1"
try "a = {} ; return a.b.c"
-- check: index a nil local
try "local x; return x.y"
try "local x; x.y = 1"
try "local x; return x[1]"
try "local x; x[1] = 1"
try "local x, y = nil, 'k'; return x[y]"
try "local x, y = nil, 'k'; x[y] = 2"
-- check: index a nil upvalue
try "local u; local function f() return u.x end; f()"
try "local u; local function f() u.x = 1 end; f()"
try "local u; local function f() return u[1] end; f()"
try "local u, k; local function f() return u[k] end; f()"
try "local u, k; local function f() u[k] = k end; f()"
-- check: index a field
try "local t = {}; return t.x.y"
try "local t = {}; t.x.y = 1"
try "local t = {}; return t[1].y"
try "local t = {}; return t[1][2]"
try "local t = {}; local i = 3; return t[i].y"
try "local t = {}; local k = 'name'; return t[k].y"
try "local t = {x = {}}; return t.x.y.z"
try "local t = {}; return t[1.5].y"
try "local t = {}; return t[true].y"
-- check: index a constant
try "return ('x').y.z"
try "return (1).x"
try "return (nil).x"
try "return (true).x"
try "return (2^53).x"
try "local function f() end; return f.x"
-- check: index a call result
try "local function f() end; return f().x"
try "local function f() end; f().x = 1"
try "return tostring(1).x.y"
try "return ({})[1].z"
-- check: index a vararg
try("return (...).x")
try("local a = ...; return a.x")
try("return select('#', ...).x", 1)
-- check: call a nil global
try "foo()"
try "return foo()"
try "local x = foo(1, 2)"
try "foo.bar()"
try "foo 'text'"
try "foo {}"
-- check: call a local or upvalue
try "local f; f()"
try "local f = 12; f()"
try "local f = 'x'; return f()"
try "local f; local function g() f() end; g()"
try "local f = {}; local function g() return f() end; g()"
try "local f <const> = nil; f()"
-- check: call a field
try "local t = {}; t.x()"
try "local t = {}; t.x.y()"
try "local t = {x = 1}; return t.x()"
try "local t = {}; t[1]()"
try "local t = {}; local i = 1; t[i]()"
try "local t = {}; t[{}]()"
try "string.nothing()"
try "math.pi()"
-- check: call a method
try "local t = {}; t:m()"
try "local t = {m = 3}; return t:m(1)"
try "('x'):nothing()"
try "local s = 'x'; s:nothing()"
try "local n = 3; n:m()"
try "u:m()"
try "a = {}; a.b:c()"
-- check: call other values
try "(1)()"
try "('x')()"
try "({})()"
try "(nil)()"
try "(function() end)()()"
try "return (true)()"
try "local t = setmetatable({}, {__call = 1}); t()"
try "local t = setmetatable({}, {__call = {}}); t()"
-- check: tail call of nothing
try "local f; return f()"
try "return nothing()"
try "local t = {} return t.x()"
try "local t = {} return t:x()"
-- check: arithmetic on nil
try "return a + 1"
try "return 1 + a"
try "return a - 1"
try "return a * 2"
try "return a / 2"
try "return a % 2"
try "return a ^ 2"
try "return a // 2"
try "return -a"
-- check: arithmetic on locals
try "local a; return a + 1"
try "local a; return 1 + a"
try "local a, b; return a + b"
try "local a, b = 1; return a + b"
try "local a = {}; return a - 1"
try "local a = {}; return 2 - a"
try "local a = print; return a * a"
try "local a = 'x'; return a + 1"
try "local a = 'x'; return 1 + a"
try "local a = '10'; return a + {}"
try "local a = {}; return '10' + a"
try "local a; return -a"
try "local a = {}; return -a"
try "local a = 'x'; return -a"
-- check: arithmetic on upvalues
try "local a; return (function() return a + 1 end)()"
try "local a; return (function() return 1 + a end)()"
try "local a, b; return (function() return a .. b end)()"
try "local a = {}; return (function() return a // 1 end)()"
-- check: arithmetic on fields
try "local t = {}; return t.x + 1"
try "local t = {}; return 1 + t.x"
try "local t = {}; return t.x + t.y"
try "local t = {y = 1}; return t.y + t.x"
try "local t = {}; return t[1] * 2"
try "local t = {}; local i = 2; return t[i] * 2"
try "t = {}; t.x = t.x + 1"
try "x = x + 1"
try "local t = {}; return -t.x"
-- check: arithmetic on constants
try "return 1 + nil"
try "return nil + 1"
try "return {} + 1"
try "return 'a' + 1"
try "return 1 + 'a'"
try "return 2 ^ {}"
try "return true // 1"
try "return -{}"
try "return -'abc'"
try "return 'abc' * 'def'"
-- check: bitwise on wrong values
try "return a & 1"
try "return 1 & a"
try "local a = {}; return a | 1"
try "local a = 'x'; return a | 1"
try "local a = 'x'; return 1 | a"
try "local a = 1.5; return a | 1"
try "local a = 1.5; return 1 & a"
try "local a = '1.5'; return a & 1"
try "local t = {x = 1.5}; return t.x ~ 1"
try "local t = {x = 1.5}; return 1 ~ t.x"
try "return 2^63 | 0"
try "return 1 << 1.5"
try "return 1.5 >> 1"
try "return ~1.5"
try "return ~{}"
try "local a; return ~a"
try "return 1e100 & 1"
try "return '1e100' & 1"
try "return 'a' & 1"
try "return math.huge | 1"
try "return (0/0) | 1"
-- check: concatenation of wrong values
try "return a .. 'x'"
try "return 'x' .. a"
try "local a; return 'x' .. a"
try "local a; return a .. 'x'"
try "local a, b = 'x'; return a .. b .. 'y'"
try "local t = {}; return 'x' .. t.name .. 'y'"
try "local t = {}; return t .. 'x'"
try "local t = {}; return 1 .. t"
try "return 'x' .. {} .. 'y'"
try "return nil .. 'x'"
try "return true .. 1"
try "return ('x'):rep(3) .. print"
-- check: length of wrong values
try "return #a"
try "local a; return #a"
try "local a = 5; return #a"
try "local t = {}; return #t.x"
try "return #nil"
try "return #5"
try "return #print"
try "local a; return (function() return #a end)()"
-- check: comparison of wrong values
try "return a < 1"
try "return 1 < a"
try "local a; return a < 1"
try "return {} < {}"
try "return {} < 1"
try "return 1 < {}"
try "return 'a' < 1"
try "return 1 < 'a'"
try "return nil < nil"
try "return true < false"
try "return print < print"
try "return {} <= {}"
try "return 1 <= 'x'"
try "return 'x' >= 1"
try "return {} > {}"
try "return {} >= 2"
try "local a = {}; return a > 2.5"
try "local a = 'x'; return a <= 10"
-- check: comparison with named metatables
local t = setmetatable({}, {__name = "My.Type"})
print(pcall(function() return t < t end))
print(pcall(function() return t < 1 end))
print(pcall(function() return 1 <= t end))
print(pcall(function() return io.stdout < io.stderr end))
-- check: named metatables in messages
-- versions: 5.3+
local t = setmetatable({}, {__name = "My.Type"})
print(pcall(function() return t + 1 end))
print(pcall(function() return t .. "x" end))
print(pcall(function() return t() end))
print(pcall(function() return t & 1 end))
print(pcall(function() return -t end))
print(pcall(function() return io.stdout + 1 end))
print(pcall(function() return io.stdout.x.y end))
print(pcall(function() return #io.stdout end))
print(pcall(string.rep, t))
print(pcall(string.rep, setmetatable({}, {__name = 42})))
-- check: for loop with wrong values
try "for i = 'x', 1 do end"
try "for i = 1, 'x' do end"
try "for i = 1, 2, 'x' do end"
try "for i = 1, 2, 0 do end"
try "for i = 1.0, 2, 0 do end"
try "for i = nil, 1 do end"
try "for i = 1, {} do end"
try "for i = 1, 10, print do end"
try "for i = '1', 2 do end"
try "for i = 1, 2, 0.0 do end"
-- check: generic for over nothing callable
try "for k in nil do end"
try "for k in 1 do end"
try "for k, v in {} do end"
try "local t = {}; for k, v in t do end"
try "local t = {}; for k, v in t.each do end"
try "for k, v in each() do end"
try "for k, v in pairs(nil) do end"
try "for k, v in ipairs() do end"
try "for k, v in next, nil do end"
-- check: nil and NaN keys
try "local t = {}; t[nil] = 1"
try "local t = {}; t[0/0] = 1"
try "local t = {[nil] = 1}"
try "local t = {[0/0] = 1}"
try "rawset({}, nil, 1)"
try "rawset({}, 0/0, 1)"
try "return ({})[nil], ({})[0/0]"
-- check: assignment to fields of wrong values
try "local s = 'x'; s.y = 1"
try "local n = 1; n.y = 1"
try "local n = 1; n[1] = 1"
try "local t = {}; t.a.b = 1"
try "local t = {}; t.a.b.c = 1"
try "x.y.z = 1"
try "math.pi.x = 1"
try "(print).x = 1"
-- check: globals through _ENV
try "local _ENV = nil; return x"
try "local _ENV = nil; x = 1"
try "local _ENV = {}; x()"
try "local _ENV = {}; return x.y"
try "local _ENV = 5; return x"
try "local _ENV <const> = {}; return x.y"
try "local function f(_ENV) return a.b end; f({})"
try "local function f(_ENV) a() end; f({})"
try "_ENV = nil; return x"
try "return _ENV.nothing.x"
-- check: upvalue _ENV replaced
local env = {}
local f = load("return x.y", "=f", "t", env)
print(pcall(f))
local g = load("x()", "=g", "t", env)
print(pcall(g))
local h = load("return x", "=h", "t", nil)
print(pcall(h))
local i = load("x = 1", "=i", "t", 7)
print(pcall(i))
-- check: names of constants in error
try "return ('%d').x.y"
try "local a <const> = 'text'; return a.x.y"
try "local a <const> = 10; return a.x"
try "local k <const> = 'key'; local t = {}; return t[k].x"
try "local k <const> = 'key'; local t = {}; return t[k]()"
-- check: names in methods of nested tables
try "a = {b = {c = {}}}; a.b.c.d.e = 1"
try "a = {b = {c = {}}}; a.b.c:d()"
try "a = {b = {c = {}}}; a.b.d:e()"
try "a = {b = {c = {}}}; return a.b.d.e"
try "a = nil; a.b.c = 1"
-- check: integer keys in names
try "local t = {}; t[10]()"
try "local t = {}; t[255].x = 1"
try "local t = {}; t[256].x = 1"
try "local t = {}; t[-1].x = 1"
try "local t = {}; t[1000000].x = 1"
-- check: arguments called by position
try "local function f(a, b) return a.x, b.x end; f({})"
try "local function f(...) local a, b = ...; return b.x end; f({}, nil)"
try "local function f(self) return self.x end; f()"
try "local t = {}; function t:m() return self.x.y end; t:m()"
-- check: name of a register that is reused
try "local a = 1; do local b; end; local c; return c.x"
try "do local a = {} end; local b; b()"
try "local a; if true then local b = a; b.x = 1 end"
try "local x = 1; local y = x; local x = nil; return x.y"
-- check: function arguments not named
try "print((nil).x)"
try "return nil .. nil"
try "local f = function() end; return f + 1"
try "return (f or g).x"
try "return (1 and nil).x"
try "local a, b; return (a or b).x"
try "local a, b; return (a and b)()"
-- check: error in a field of a global function
function outer() return inner.value end
print(pcall(outer))
function outer() inner() end
print(pcall(outer))
function outer() local x = inner:method() end
print(pcall(outer))
-- check: messages of many operands
try "return 1 .. 2 .. {} .. 3"
try "return 1 .. 2 .. 3 .. nil"
try "local a, b, c = 1, nil, 3; return a .. b .. c"
try "local a, b, c = 1, 2, nil; return a .. b .. c"
try "local a, b, c = {}, 2, 3; return a .. b .. c"
-- check: long names in messages
local long = ("n"):rep(200)
try("return " .. long .. ".x")
try("local " .. long .. "; return " .. long .. ".x")
try("local t = {}; return t." .. long .. ".x")
-- check: strings with special characters as keys
try "local t = {}; return t['a b'].x"
try "local t = {}; return t['a\\nb'].x"
try "local t = {}; return t[''].x"
try "local t = {}; t['a\\0b']()"
-- check: position of the error in several lines
try "local x\n\nreturn x\n.\ny"
try "local x = 1 +\n\n nil"
try "f(\n1,\n2\n)"
try "local t = {}\nt\n:\nm\n(\n)"
try "return 1\n..\n{}\n..\n2"
try "local a\nlocal b = a\n[1]\n[2]"
try "for i = 1,\n10,\n0 do end"
