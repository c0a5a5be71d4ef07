package dev.carillon.testing;

/**
 * The function is gone. Of the one kind of errors that no code of ours takes for the failure of a
 * single task or request, so that the whole invocation ends, as it does when a process dies.
 */
final class Killed extends VirtualMachineError {
  private static final long serialVersionUID = 1L;
}
