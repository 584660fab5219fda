-- Generators and ping-pong between coroutines.
local function range(n)
  return coroutine.wrap(function() for i = 1, n do coroutine.yield(i) end end)
end
local sum = 0
for i in range(2000000) do sum = sum + i end
local echo = coroutine.create(function(x) while true do x = coroutine.yield(x + 1) end end)
for i = 1, 1000000 do local _, v = coroutine.resume(echo, i); sum = sum + v end
for i = 1, 100000 do for v in range(3) do sum = sum + v end end
print(sum)
