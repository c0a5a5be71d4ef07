/** What every implementation of a port is held to: the twins here, the adapters in their module. */
package dev.carillon.memory.contract;
