/** How fast the local stack is, and how late. */
package dev.carillon.bench.load;
