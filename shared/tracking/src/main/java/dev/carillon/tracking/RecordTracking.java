package dev.carillon.tracking;

/** Where clicks and opens are told. */
@FunctionalInterface
public interface RecordTracking {

  /**
   * Returns once the event is stored where it will be worked on. One request.
   *
   * <p>When it throws, the event may have been stored or not; telling it again is safe, for its id
   * says that it is the same.
   */
  void record(TrackingEvent event);
}
