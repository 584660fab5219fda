-- A scheduler of tasks with priorities that send each other packets: objects, queues and dispatch by state.
local Task = {}
Task.__index = Task
local function task(id, priority, run, data)
  return setmetatable({ id = id, priority = priority, run = run, data = data, queue = nil, waiting = false, held = false }, Task)
end
local function packet(link, id, kind) return { link = link, id = id, kind = kind, datum = 1, values = { 0, 0, 0, 0 } } end
local function append(p, list)
  p.link = nil
  if not list then return p end
  local last = list
  while last.link do last = last.link end
  last.link = p
  return list
end

local tasks, queued, held
local function send(p, from)
  local target = tasks[p.id]
  queued = queued + 1
  p.id = from.id
  target.queue = append(p, target.queue)
  target.waiting = false
end
function Task:take()
  local p = self.queue
  self.queue = p and p.link or nil
  return p
end

local function idle(self)
  local d = self.data
  d.count = d.count - 1
  if d.count == 0 then self.held = true held = held + 1 return end
  if d.control % 2 == 0 then
    d.control = (d.control - d.control % 2) / 2
    tasks[5].held = false
  else
    d.control = (d.control - 1) / 2 + 53256
    tasks[6].held = false
  end
end
local function work(self)
  local p = self:take()
  if not p then self.waiting = true return end
  local d = self.data
  d.target = 7 - d.target
  p.id, p.datum = d.target, 1
  for i = 1, 4 do
    d.letter = d.letter % 26 + 1
    p.values[i] = 64 + d.letter
  end
  send(p, self)
end
local function handle(self)
  local d = self.data
  local p = self:take()
  if p then
    if p.kind == "work" then d.works = append(p, d.works) else d.devices = append(p, d.devices) end
  end
  local w = d.works
  if not w then self.waiting = self.queue == nil return end
  if w.datum > 4 then
    d.works = w.link
    w.id = 2
    send(w, self)
  elseif d.devices then
    local v = d.devices
    d.devices = v.link
    v.datum, v.id = w.values[w.datum], d.device
    w.datum = w.datum + 1
    send(v, self)
  else
    self.waiting = self.queue == nil
  end
end
local function device(self)
  local d = self.data
  local p = self:take()
  if p then
    d.pending = p
    self.held = true
    held = held + 1
  elseif d.pending then
    p, d.pending = d.pending, nil
    p.id = d.owner
    send(p, self)
  else
    self.waiting = true
  end
end

local function schedule(count)
  queued, held = 0, 0
  tasks = {
    task(1, 0, idle, { control = 1, count = count }),
    task(2, 1000, work, { target = 3, letter = 0 }),
    task(3, 2000, handle, { device = 5 }),
    task(4, 3000, handle, { device = 6 }),
    task(5, 4000, device, { owner = 3 }),
    task(6, 5000, device, { owner = 4 }),
  }
  for _ = 1, 2 do tasks[2].queue = append(packet(nil, 2, "work"), tasks[2].queue) end
  for n = 3, 4 do
    for _ = 1, 3 do tasks[n].queue = append(packet(nil, n + 2, "device"), tasks[n].queue) end
  end
  local order = {}
  for i = 1, #tasks do order[i] = tasks[i] end
  table.sort(order, function(a, b) return a.priority > b.priority end)
  while not tasks[1].held do
    for i = 1, #order do
      local t = order[i]
      if not t.held and not (t.waiting and not t.queue) then
        t:run()
        break
      end
    end
  end
  return queued, held
end
local total, times = 0, 0
for _ = 1, 40 do
  local q, h = schedule(10000)
  total, times = total + q, times + h
end
print(total, times)
