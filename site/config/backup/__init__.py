"""A whole installation in one file, and back again.

`make_backup(file)`, `verify(file)`, `restore(file)`. The file is a tar archive, compressed by gzip, with a seal at its
end that covers every byte; `config.backup.locking` may lock all of it. Tables are written row by row, in values that
both databases understand.
"""
