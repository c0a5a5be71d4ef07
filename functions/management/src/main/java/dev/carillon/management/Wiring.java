package dev.carillon.management;

final class Wiring {
  static Actions of(dev.carillon.runtime.Environment e) {
    throw new IllegalStateException();
  }
}
