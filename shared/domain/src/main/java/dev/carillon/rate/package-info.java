/** How many calls of the API are let in. */
package dev.carillon.rate;
