package dev.carillon.testing.calls;

/**
 * The function is gone. Of the one kind of errors that no code of ours takes for the failure of a
 * single task or request, so that the whole invocation ends, as it does when a process dies.
 */
public final class ProcessKilled extends VirtualMachineError {
  private static final long serialVersionUID = 1L;
}
