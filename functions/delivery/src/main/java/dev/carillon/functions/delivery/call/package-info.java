/** Calls to providers over the network, each made once. */
package dev.carillon.functions.delivery.call;
