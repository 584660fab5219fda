-- A simulation with a queue of events: a binary heap of tables ordered by time, with closures as actions.
local heap, count = {}, 0
local function push(time, action)
  count = count + 1
  local i = count
  local event = { time = time, action = action, order = i }
  while i > 1 do
    local parent = (i - i % 2) / 2
    if heap[parent].time <= time then break end
    heap[i] = heap[parent]
    i = parent
  end
  heap[i] = event
end
local function pop()
  local top, last = heap[1], heap[count]
  heap[count] = nil
  count = count - 1
  if count > 0 then
    local i = 1
    while true do
      local child = 2 * i
      if child > count then break end
      if child < count and heap[child + 1].time < heap[child].time then child = child + 1 end
      if last.time <= heap[child].time then break end
      heap[i] = heap[child]
      i = child
    end
    heap[i] = last
  end
  return top
end
local x, served, waiting, busy, now, waited = 42, 0, {}, 0, 0, 0
local function random(n)
  x = x * 16807 % 2147483647
  return x % n + 1
end
local first = 1
local function finish()
  served = served + 1
  if first <= #waiting then
    local since = waiting[first]
    waiting[first] = false
    first = first + 1
    waited = waited + now - since
    push(now + random(50), finish)
  else
    busy = busy - 1
  end
end
local function arrive()
  if busy < 4 then
    busy = busy + 1
    push(now + random(50), finish)
  else
    waiting[#waiting + 1] = now
  end
  push(now + random(12), arrive)
end
for i = 1, 60 do push(i, function() push(now + random(1000), function() end) end) end
arrive()
for _ = 1, 1000000 do
  local event = pop()
  now = event.time
  event.action()
end
print(served, now, waited)
