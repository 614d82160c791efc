// This Node is started by a script, and so are its children: its program alone does not run here.
process.execPath = process.env.TEST_NODE;
// Programs of this system, which tests start too, must not take libraries of another one.
delete process.env.LD_PRELOAD;
delete process.env.LD_LIBRARY_PATH;
