-- Methods, fields of self, constructors.
local Account = {}
Account.__index = Account
function Account.new(owner) return setmetatable({ owner = owner, balance = 0, moves = 0 }, Account) end
function Account:deposit(n) self.balance = self.balance + n; self.moves = self.moves + 1 end
function Account:withdraw(n)
  if n > self.balance then return false end
  self.balance = self.balance - n
  self.moves = self.moves + 1
  return true
end
local refused = 0
local a, b = Account.new("a"), Account.new("b")
for i = 1, 4000000 do
  a:deposit(i % 10)
  if not a:withdraw(5) then refused = refused + 1 end
  b:deposit(1)
end
print(a.balance, b.balance, refused)
