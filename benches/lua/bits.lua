-- Bit operators: a hash function and a xorshift generator.
local function fnv(s) local h = 0xcbf29ce484222325 for i = 1, #s do h = (h ~ s:byte(i)) * 0x100000001b3 end return h end
local x, n = 88172645463325252, 0
for i = 1, 6000000 do
  x = x ~ (x << 13) x = x ~ (x >> 7) x = x ~ (x << 17)
  n = n + (x & 1)
end
local h = 0
for i = 1, 30000 do h = h ~ fnv("some text to hash " .. i) end
print(n, h)
