-- Loops of a control flow graph: depth-first numbering, union-find, dominators by iteration.
local function node(id) return { id = id, ins = {}, outs = {} } end
local function connect(a, b) a.outs[#a.outs + 1] = b b.ins[#b.ins + 1] = a end
local function build(n)
  local g = {}
  local function new() g[#g + 1] = node(#g + 1) return g[#g] end
  local entry = new()
  local last = entry
  for _ = 1, n do
    local head, a, b, join, tail = new(), new(), new(), new(), new()
    connect(last, head) connect(head, a) connect(head, b) connect(a, join) connect(b, join)
    local inner = new()
    connect(join, inner) connect(inner, inner) connect(inner, tail) connect(tail, head)
    last = tail
  end
  return g, entry
end
local function number(entry, count)
  local order, last, seen = {}, {}, {}
  local stack, at = { entry }, { 1 }
  seen[entry] = 1
  order[1] = entry
  local n = 1
  while #stack > 0 do
    local top = stack[#stack]
    local i = at[#at]
    local next = top.outs[i]
    if next then
      at[#at] = i + 1
      if not seen[next] then
        n = n + 1
        seen[next] = n
        order[n] = next
        stack[#stack + 1], at[#at + 1] = next, 1
      end
    else
      last[seen[top]] = n
      stack[#stack], at[#at] = nil, nil
    end
  end
  return order, seen, last
end
local function loops(entry, g)
  local order, seen, last = number(entry, #g)
  local set, header, found = {}, {}, 0
  for i = 1, #order do set[i] = i end
  local function find(i)
    while set[i] ~= i do
      set[i] = set[set[i]]
      i = set[i]
    end
    return i
  end
  for w = #order, 1, -1 do
    local body, work = {}, {}
    for _, p in ipairs(order[w].ins) do
      local v = seen[p]
      if w <= v and v <= last[w] then
        if v == w then found = found + 1 else work[#work + 1] = find(v) end
      end
    end
    if #work > 0 then
      found = found + 1
      local inside = {}
      for _, x in ipairs(work) do inside[x] = true end
      while #work > 0 do
        local x = table.remove(work)
        body[#body + 1] = x
        for _, p in ipairs(order[x].ins) do
          local y = find(seen[p])
          if y ~= w and not inside[y] and w <= y and y <= last[w] then
            inside[y] = true
            work[#work + 1] = y
          end
        end
      end
      for _, x in ipairs(body) do set[x] = w header[x] = w end
    end
  end
  return found, header
end
local function dominators(entry, g)
  local order, seen = number(entry, #g)
  local dom, changed = { 1 }, true
  while changed do
    changed = false
    for i = 2, #order do
      local new
      for _, p in ipairs(order[i].ins) do
        local j = seen[p]
        if dom[j] then
          if not new then
            new = j
          else
            local a, b = j, new
            while a ~= b do
              while a > b do a = dom[a] end
              while b > a do b = dom[b] end
            end
            new = a
          end
        end
      end
      if dom[i] ~= new then dom[i] = new changed = true end
    end
  end
  local sum = 0
  for i = 1, #order do sum = sum + dom[i] end
  return sum
end
local total = 0
for round = 1, 14 do
  local g, entry = build(1500)
  local n = loops(entry, g)
  total = total + n + dominators(entry, g)
end
print(total)
