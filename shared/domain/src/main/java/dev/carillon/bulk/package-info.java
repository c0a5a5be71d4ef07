/** Calls about many users, objects or tenants at once, carried out by pages. */
package dev.carillon.bulk;
