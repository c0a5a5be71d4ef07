package dev.carillon.workflow;

/** What a workflow calls one of its steps; unique within the workflow. */
public record StepRef(String value) {
  public StepRef {
    if (value.isBlank()) {
      throw new IllegalArgumentException("A step needs a ref");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
