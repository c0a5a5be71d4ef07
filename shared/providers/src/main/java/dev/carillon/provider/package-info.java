/** The port to delivery providers, and a package for each of them. */
package dev.carillon.provider;
