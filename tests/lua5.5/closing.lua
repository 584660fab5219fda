-- Variables that are closed, threads that are closed, and what becomes of errors on the way.
local function closable(name, action)
  return setmetatable({}, {__close = function(...) print("close " .. name, select("#", ...), select(2, ...)) if action then return action(...) end end})
end

-- check: leaving a block
do local a <close>, b <const> = closable "a", 1 local c <close> = closable "c" print("inside", b) end print "outside"
-- check: with an error
print(pcall(function() local a <close> = closable "a" local b <close> = closable "b" error("thrown", 0) end))
-- check: with an error that is nil
print(pcall(function() local a <close> = closable "a" error() end)) print(pcall(function() local a <close> = closable "a" error(nil, 2) end))
-- check: with an error that is a table
local e = setmetatable({}, {__tostring = function() return "an object" end}) local ok, got = pcall(function() local a <close> = setmetatable({}, {__close = function(_, x) print(x == e) end}) error(e) end) print(ok, got == e, tostring(got))
-- check: an error replaces the error
print(pcall(function() local a <close> = closable "a" local b <close> = closable("b", function() error("from b", 0) end) error("first", 0) end))
-- check: a nil error replaces the error
print(pcall(function() local a <close> = closable "a" local b <close> = closable("b", function() error() end) error("first", 0) end))
-- check: on return, with results
local function f() local a <close> = closable "a" return 1, 2, 3 end print(f()) local function g() local a <close> = closable "a" return f() end print(g())
-- check: on break and goto
for i = 1, 3 do local a <close> = closable("a" .. i) if i == 2 then break end end do local i = 0 ::top:: do local a <close> = closable("b" .. i) i = i + 1 if i < 3 then goto top end end end
-- check: values that cannot be closed
for _, v in ipairs{"1", "'x'", "{}", "true", "print", "setmetatable({}, {__close = 1})"} do print(pcall(load("local x <close> = " .. v))) end print(pcall(load "local x <close> = nil local y <close> = false return 'fine'"))
-- check: the name in the message
print(pcall(function() local handle <close> = 42 end)) print(pcall(function() for k in next, {}, nil, 42 do end end)) print(pcall(function() local <close> early = 42 end))
-- check: several in a list
print(load "local a <close>, b <close> = 1, 2") print(load "local <close> a, b = nil") print((load "local <close> a <const> = nil return a")())
-- check: results of the closing function are ignored
do local a <close> = closable("a", function() return 1, 2, 3 end) end print(pcall(function() local a <close> = closable("a", function() return 4 end) error "e" end))
-- check: the metamethod is looked up late
local mt = {__close = function() print "old" end} do local a <close> = setmetatable({}, mt) mt.__close = function() print "new" end end print(pcall(function() local a <close> = setmetatable({}, mt) mt.__close = nil end))
-- check: in coroutines
local co = coroutine.wrap(function() local a <close> = closable "a" coroutine.yield(1) local b <close> = closable("b", function() coroutine.yield "from close" end) return "end" end) print(co()) print(co()) print(co())
-- check: closing suspended coroutines
local co = coroutine.create(function() local a <close> = closable "a" local b <close> = closable "b" coroutine.yield() end) coroutine.resume(co) print(coroutine.close(co), coroutine.status(co)) print(coroutine.close(co)) print(coroutine.resume(co))
-- check: closing with an error
local co = coroutine.create(function() local a <close> = closable "a" local b <close> = closable("b", function() error("in b", 0) end) coroutine.yield() end) coroutine.resume(co) print(coroutine.close(co)) print(coroutine.status(co), coroutine.close(co))
-- check: closing with an error that is nil
local co = coroutine.create(function() local b <close> = closable("b", function() error() end) coroutine.yield() end) coroutine.resume(co) print(coroutine.close(co))
-- check: closing one that has failed
local co = coroutine.create(function() error "failed" end) print(coroutine.resume(co)) print(coroutine.close(co)) print(coroutine.close(co)) local co = coroutine.create(function() error() end) print(coroutine.resume(co)) print(coroutine.close(co))
-- check: closing one that has not begun
print(coroutine.close(coroutine.create(print))) local co = coroutine.create(function() end) coroutine.close(co) print(coroutine.resume(co)) print(coroutine.status(co))
-- check: closing oneself
local co co = coroutine.create(function() local a <close> = closable "a" coroutine.close(co) print "never" end) print(coroutine.resume(co)) print(coroutine.status(co), coroutine.close(co))
-- check: closing oneself returns nothing
print(select("#", coroutine.resume(coroutine.create(function() coroutine.close() return 1 end)))) print(select("#", coroutine.wrap(function() coroutine.close() return 1, 2 end)()))
-- check: closing oneself with an error on the way
local co = coroutine.create(function() local a <close> = closable "a" local b <close> = closable("b", function() error("in b", 0) end) coroutine.close() end) print(coroutine.resume(co)) print(coroutine.status(co)) print(coroutine.close(co))
-- check: closing oneself cannot be caught
print(coroutine.resume(coroutine.create(function() print(pcall(pcall, coroutine.close)) end))) print(coroutine.resume(coroutine.create(function() print(xpcall(coroutine.close, print)) end)))
-- check: closing oneself twice
local co = coroutine.create(function() local a <close> = closable("a", function() coroutine.close() end) local b <close> = closable("b", function() coroutine.close() end) coroutine.close() end) print(coroutine.resume(co)) print(coroutine.status(co))
-- check: closing oneself after an error
local co = coroutine.create(function() local a <close> = closable("a", function() coroutine.close() end) error("lost", 0) end) print(coroutine.resume(co)) print(coroutine.status(co))
-- check: closing oneself inside a library function
local co = coroutine.create(function() local a <close> = closable "a" return string.gsub("abc", "b", function() coroutine.close() end) end) print(coroutine.resume(co)) print(coroutine.resume(coroutine.create(function() table.sort({3, 2, 1}, function() coroutine.close() end) end)))
-- check: closing oneself inside a metamethod
local t = setmetatable({}, {__index = function() coroutine.close() end, __add = function() coroutine.close() end}) print(coroutine.resume(coroutine.create(function() local a <close> = closable "a" return t.x end))) print(coroutine.wrap(function() return t + 1 end)())
-- check: closing oneself inside an iterator
print(coroutine.resume(coroutine.create(function() for k in function() coroutine.close() end do end end))) print(coroutine.resume(coroutine.create(function() for k in pairs(setmetatable({}, {__pairs = function() coroutine.close() end})) do end end)))
-- check: nested coroutines that close themselves
local outer = coroutine.create(function() local a <close> = closable "outer" local inner = coroutine.create(function() local b <close> = closable "inner" coroutine.close() end) print(coroutine.resume(inner)) print(coroutine.status(inner)) coroutine.yield "still here" end) print(coroutine.resume(outer)) print(coroutine.close(outer))
-- check: threads that cannot be closed
print(pcall(coroutine.close)) print(pcall(coroutine.close, coroutine.running())) local outer = coroutine.running() print(coroutine.wrap(function() return pcall(coroutine.close, outer) end)()) local a a = coroutine.create(function() return coroutine.wrap(function() return pcall(coroutine.close, a) end)() end) print(coroutine.resume(a)) print(pcall(coroutine.close, {}))
-- check: wrapped coroutines close on errors
local co = coroutine.wrap(function() local a <close> = closable "a" error("e", 0) end) print(pcall(co)) print(pcall(co)) local co = coroutine.wrap(function() local a <close> = closable("a", function() error("second", 0) end) error("first", 0) end) print(pcall(co))
-- check: generic loops close
local function iter() local n = 0 return function() n = n + 1 if n < 3 then return n end end, nil, nil, closable "loop" end for i in iter() do io.write(i, " ") end for i in iter() do break end print(pcall(function() for i in iter() do error("e", 0) end end)) print((function() for i in iter() do return i end end)())
-- check: generic loops closed by coroutine.close
local co = coroutine.create(function() for i in (function() return 1 end), nil, nil, closable "loop" do coroutine.yield(i) end end) print(coroutine.resume(co)) print(coroutine.close(co))
-- check: pairs hands on four values
for k, v in pairs(setmetatable({}, {__pairs = function(t) return next, {10}, nil, closable "pairs" end})) do print(k, v) end print(select("#", pairs(setmetatable({}, {__pairs = function() end})))) print(pairs(setmetatable({}, {__pairs = function() return 1, 2, 3, 4, 5 end})))
-- check: stack overflow while closing
local function loop() local a <close> = setmetatable({}, {__close = function() end}) return loop() + 1 end local ok, message = pcall(loop) print(ok, message:match("stack overflow"))
-- check: tail calls and closing
local function f(n) if n == 0 then return "done" end local a <close> = closable(n) return f(n - 1) end print(f(3))
-- check: traceback while closing
local a = setmetatable({}, {__close = function() print(debug.traceback("closing")) end}) local function f() local x <close> = a return 1 end f() print(pcall(function() local x <close> = a error("e", 0) end))
-- check: names while closing
local function where() local i = debug.getinfo(2, "nS") print(i.name, i.namewhat, i.what) end local a = setmetatable({}, {__close = where}) do local x <close> = a end local function f() local x <close> = a return end f() pcall(function() local x <close> = a error "e" end)
-- check: hooks while closing
local events = {} do local x <close> = setmetatable({}, {__close = function() local y = 1 end}) debug.sethook(function(e) local i = debug.getinfo(2, "S") events[#events + 1] = e .. ":" .. i.what end, "cr") end debug.sethook() print(table.concat(events, " "))
